FROM scratch
COPY busybox /b
FOO bar
