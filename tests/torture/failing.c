/* A disk that fails when it is told to: loaded before a program by LD_PRELOAD.

   FAILING_FOLDER names the folder whose files fail, FAILING_FILE the file that says how, by its
   first letter: f full, r read-only, s what is written cannot be synced; anything else: all is well.
   A full disk takes the first half of what is written and then nothing, as a real one does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char fault(void) {
    const char *file = getenv("FAILING_FILE");
    char letter = 0;
    int saved = errno, fd;
    if (file && (fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC)) >= 0) {
        if (syscall(SYS_read, fd, &letter, 1) != 1) letter = 0;
        syscall(SYS_close, fd);
    }
    errno = saved;
    return letter;
}

static int inside(const char *path) {
    const char *folder = getenv("FAILING_FOLDER");
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int ours(int fd) {
    char link[64], path[4096];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (length <= 0) return 0;
    path[length] = 0;
    return inside(path);
}

/* Return 0 if the write may be done, or the error. */
static int refused(int fd) {
    char how = fault();
    if ((how != 'f' && how != 'r') || !ours(fd)) return 0;
    return how == 'f' ? ENOSPC : EROFS;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL(error) do { errno = (error); return -1; } while (0)

static __thread int half_taken;

static size_t half_of(int error, size_t count) {
    half_taken = error == ENOSPC && count > 1 && !half_taken;
    return half_taken ? count / 2 : 0;
}

ssize_t write(int fd, const void *data, size_t count) {
    int error = refused(fd);
    if (!error) return REAL(write)(fd, data, count);
    size_t half = half_of(error, count);
    if (half) return REAL(write)(fd, data, half);
    FAIL(error);
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at) {
    int error = refused(fd);
    if (!error) return REAL(pwrite)(fd, data, count, at);
    size_t half = half_of(error, count);
    if (half) return REAL(pwrite)(fd, data, half, at);
    FAIL(error);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
    return pwrite(fd, data, count, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    int error = refused(fd);
    if (error) FAIL(error);
    return REAL(writev)(fd, parts, count);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    int error = refused(fd);
    if (error) FAIL(error);
    return REAL(pwritev)(fd, parts, count, at);
}

int ftruncate(int fd, off_t length) {
    int error = refused(fd);
    if (error) FAIL(error);
    return REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

int posix_fallocate(int fd, off_t at, off_t length) {
    int error = refused(fd);
    return error ? error : REAL(posix_fallocate)(fd, at, length);
}

int fsync(int fd) {
    if (fault() == 's' && ours(fd)) FAIL(EIO);
    return REAL(fsync)(fd);
}

int fdatasync(int fd) {
    if (fault() == 's' && ours(fd)) FAIL(EIO);
    return REAL(fdatasync)(fd);
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    if (writes && inside(path) && fault() == 'r') FAIL(EROFS);
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);
    return real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened("open64", path, flags, mode);
}
