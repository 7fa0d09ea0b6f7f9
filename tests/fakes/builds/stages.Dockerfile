# syntax comment
ARG BASE=scratch
FROM ${BASE} AS base
COPY busybox /bin/busybox
RUN ["/bin/busybox", "mkdir", "-p", "/tmp", "/etc"]
RUN ["/bin/busybox", "--install", "/bin"]

FROM base AS build
ARG MODE=fast
ENV A=b
RUN echo hello $MODE; \
    echo second >&2; \
    for i in 1 2 3; do echo line $i; done
WORKDIR /srv
COPY data data

FROM base
LABEL x=y
COPY --from=build /srv /srv
RUN <<EOF
echo heredoc
ls /srv
EOF
CMD ["sh"]
