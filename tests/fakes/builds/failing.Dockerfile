FROM scratch AS base
COPY busybox /bin/sh
RUN echo starting; \
    echo oh dear >&2; \
    exit 7
