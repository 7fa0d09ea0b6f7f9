FROM scratch AS a
COPY busybox /b
ENV A=b
FROM scratch
ARG X=1
COPY --from=a /b /c
