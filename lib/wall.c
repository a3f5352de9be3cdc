/*
 * wall.c - filters of system calls, by libseccomp.
 *
 * The pages have a list of what is allowed: they are what strangers talk to.
 * The daemons, which do much and hear little, have one of what is not.  Names
 * that an architecture does not know are passed over: on 32 bits some calls have
 * another name.
 */
#include "wall.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#define OPEN_WRITES (O_ACCMODE | O_CREAT | O_TRUNC)

/* One call, and what one of its arguments is under a mask; mask 0: any. */
struct rule {
	const char *call;
	unsigned arg;
	uint64_t mask, value;
};

static const struct rule pages[] = {
	/* files, opened to read */
	{ "open", 1, OPEN_WRITES, O_RDONLY },
	{ "openat", 2, OPEN_WRITES, O_RDONLY },
	{ "read", 0, 0, 0 },
	{ "readv", 0, 0, 0 },
	{ "pread64", 0, 0, 0 },
	{ "lseek", 0, 0, 0 },
	{ "_llseek", 0, 0, 0 },
	{ "close", 0, 0, 0 },
	{ "fcntl", 0, 0, 0 },
	{ "fcntl64", 0, 0, 0 },
	{ "stat", 0, 0, 0 },
	{ "stat64", 0, 0, 0 },
	{ "lstat", 0, 0, 0 },
	{ "lstat64", 0, 0, 0 },
	{ "fstat", 0, 0, 0 },
	{ "fstat64", 0, 0, 0 },
	{ "newfstatat", 0, 0, 0 },
	{ "fstatat64", 0, 0, 0 },
	{ "statx", 0, 0, 0 },
	{ "statfs", 0, 0, 0 },
	{ "statfs64", 0, 0, 0 },
	{ "fstatfs", 0, 0, 0 },
	{ "fstatfs64", 0, 0, 0 },
	{ "access", 0, 0, 0 },
	{ "faccessat", 0, 0, 0 },
	{ "faccessat2", 0, 0, 0 },
	{ "getdents64", 0, 0, 0 },
	{ "readlink", 0, 0, 0 },
	{ "readlinkat", 0, 0, 0 },
	{ "getcwd", 0, 0, 0 },
	/* sockets */
	{ "socket", 0, ~UINT64_C(0), AF_UNIX },
	{ "connect", 0, 0, 0 },
	{ "accept", 0, 0, 0 },
	{ "accept4", 0, 0, 0 },
	{ "getsockname", 0, 0, 0 },
	{ "getpeername", 0, 0, 0 },
	{ "shutdown", 0, 0, 0 },
	{ "recvfrom", 0, 0, 0 },
	{ "recv", 0, 0, 0 },
	{ "sendto", 0, 0, 0 },
	{ "send", 0, 0, 0 },
	{ "write", 0, 0, 0 },
	{ "writev", 0, 0, 0 },
	{ "poll", 0, 0, 0 },
	{ "ppoll", 0, 0, 0 },
	{ "ppoll_time64", 0, 0, 0 },
	{ "select", 0, 0, 0 },
	{ "_newselect", 0, 0, 0 },
	{ "pselect6", 0, 0, 0 },
	{ "pselect6_time64", 0, 0, 0 },
	/* memory that is never run */
	{ "brk", 0, 0, 0 },
	{ "mmap", 2, PROT_EXEC, 0 },
	{ "mmap2", 2, PROT_EXEC, 0 },
	{ "mprotect", 2, PROT_EXEC, 0 },
	{ "munmap", 0, 0, 0 },
	{ "mremap", 0, 0, 0 },
	{ "madvise", 0, 0, 0 },
	/* time, chance, signals, the end */
	{ "clock_gettime", 0, 0, 0 },
	{ "clock_gettime64", 0, 0, 0 },
	{ "clock_getres", 0, 0, 0 },
	{ "clock_nanosleep", 0, 0, 0 },
	{ "clock_nanosleep_time64", 0, 0, 0 },
	{ "gettimeofday", 0, 0, 0 },
	{ "time", 0, 0, 0 },
	{ "nanosleep", 0, 0, 0 },
	{ "getrandom", 0, 0, 0 },
	{ "getpid", 0, 0, 0 },
	{ "gettid", 0, 0, 0 },
	{ "getuid", 0, 0, 0 },
	{ "geteuid", 0, 0, 0 },
	{ "getgid", 0, 0, 0 },
	{ "getegid", 0, 0, 0 },
	{ "uname", 0, 0, 0 },
	{ "sysinfo", 0, 0, 0 },
	{ "futex", 0, 0, 0 },
	{ "futex_time64", 0, 0, 0 },
	{ "restart_syscall", 0, 0, 0 },
	{ "rt_sigaction", 0, 0, 0 },
	{ "rt_sigprocmask", 0, 0, 0 },
	{ "rt_sigreturn", 0, 0, 0 },
	{ "sigreturn", 0, 0, 0 },
	{ "tgkill", 0, 0, 0 },
	{ "exit", 0, 0, 0 },
	{ "exit_group", 0, 0, 0 },
};

/* SQLite tries to open what belongs to a database for writing first, and reads
 * when it may not; as root it gives its owner to it.  No reason to end. */
static const struct rule vain[] = {
	{ "open", 1, O_ACCMODE, O_WRONLY },
	{ "open", 1, O_ACCMODE, O_RDWR },
	{ "openat", 2, O_ACCMODE, O_WRONLY },
	{ "openat", 2, O_ACCMODE, O_RDWR },
	{ "fchown", 0, 0, 0 },
	{ "fchown32", 0, 0, 0 },
};

static const struct rule daemons[] = {
	{ "execve", 0, 0, 0 },
	{ "execveat", 0, 0, 0 },
	{ "fork", 0, 0, 0 },
	{ "vfork", 0, 0, 0 },
	{ "ptrace", 0, 0, 0 },
	{ "process_vm_readv", 0, 0, 0 },
	{ "process_vm_writev", 0, 0, 0 },
};

/* Those of socket(2) that leave the machine, or look into the kernel. */
static const struct rule abroad[] = {
	{ "socket", 0, ~UINT64_C(0), AF_INET },
	{ "socket", 0, ~UINT64_C(0), AF_INET6 },
	{ "socket", 0, ~UINT64_C(0), AF_NETLINK },
	{ "socket", 0, ~UINT64_C(0), AF_PACKET },
	{ "socket", 0, ~UINT64_C(0), AF_ALG },
};

static int
add(scmp_filter_ctx ctx, uint32_t action, const struct rule *rule, size_t n)
{
	const struct rule *r;
	int no = 0, call;

	for (r = rule; r < rule + n && no == 0; r++) {
		struct scmp_arg_cmp cmp = { r->arg, SCMP_CMP_MASKED_EQ, r->mask,
			r->value };

		call = seccomp_syscall_resolve_name(r->call);
		if (call >= 0)
			no = seccomp_rule_add_array(ctx, action, call,
			    r->mask != 0, &cmp);
	}
	return no;
}

static int
build(scmp_filter_ctx ctx, enum mews_wall wall, uint32_t refuse)
{
	int no = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_LOG, 1);

	if (no != 0)
		return no;
	if (wall == MEWS_WALL_PAGES) {
		no = add(ctx, SCMP_ACT_ALLOW, pages, MEWS_LEN(pages));
		if (no == 0 && refuse == SCMP_ACT_KILL_PROCESS)
			no = add(ctx, SCMP_ACT_ERRNO(EPERM), vain,
			    MEWS_LEN(vain));
		return no;
	}
	no = add(ctx, refuse, daemons, MEWS_LEN(daemons));
	if (no == 0 && wall == MEWS_WALL_LOCAL)
		no = add(ctx, refuse, abroad, MEWS_LEN(abroad));
	return no;
}

enum mews_rc
mews_wall(enum mews_wall wall, struct mews_err *err)
{
	const char *how = getenv("MEWS_SECCOMP");
	uint32_t refuse = how != NULL && strcmp(how, "kill") == 0
	    ? SCMP_ACT_KILL_PROCESS
	    : SCMP_ACT_ERRNO(EPERM);
	scmp_filter_ctx ctx;
	int no;

#ifdef MEWS_SANITIZERS
	return MEWS_OK;
#endif
	ctx = seccomp_init(wall == MEWS_WALL_PAGES ? refuse : SCMP_ACT_ALLOW);
	if (ctx == NULL)
		return mews_fail(err, MEWS_FAIL, "no filter of system calls");
	no = build(ctx, wall, refuse);
	if (no == 0)
		no = seccomp_load(ctx);
	seccomp_release(ctx);
	return no == 0 ? MEWS_OK
		       : mews_fail(err, MEWS_FAIL,
			     "the filter of system calls: %s", strerror(-no));
}
