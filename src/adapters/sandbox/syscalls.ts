export type Architecture = 'x64' | 'arm64'

/** The number of a call on each architecture; null where it does not exist. */
export type Syscall = Readonly<Record<Architecture, number | null>>

const both = (x64: number, arm64: number | null = x64): Syscall => ({ x64, arm64 })

/** Kernel calls by what they are for; numbers from the kernel's own tables. */
export const syscalls = {
  clone: both(56, 220),
  clone3: both(435),
  ioctl: both(16, 29),
  socket: both(41, 198),
  socketpair: both(53, 199),
  refused: [
    // Other processes: ptrace, process_vm_readv, process_vm_writev, kcmp, pidfd_getfd.
    [both(101, 117), both(310, 270), both(311, 271), both(312, 272), both(438)],
    // Mounts: mount, umount2, pivot_root, chroot, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr.
    [both(165, 40), both(166, 39), both(155, 41), both(161, 51), both(428), both(429)],
    [both(430), both(431), both(432), both(433), both(442)],
    // Namespaces: setns, unshare.
    [both(308, 268), both(272, 97)],
    // Files by handle: name_to_handle_at, open_by_handle_at, fanotify_init.
    [both(303, 264), both(304, 265), both(300, 262)],
    // Kernel programs and shared state: bpf, userfaultfd, perf_event_open, io_uring_setup, _enter, _register.
    [both(321, 280), both(323, 282), both(298, 241), both(425), both(426), both(427)],
    // Keys: add_key, request_key, keyctl.
    [both(248, 217), both(249, 218), both(250, 219)],
    // Kernel and modules: kexec_load, kexec_file_load, init_module, finit_module, delete_module.
    [both(246, 104), both(320, 294), both(175, 105), both(313, 273), both(176, 106)],
    // The machine: swapon, swapoff, reboot, acct, quotactl, quotactl_fd, syslog, iopl, ioperm, modify_ldt.
    [both(167, 224), both(168, 225), both(169, 142), both(163, 89), both(179, 60), both(443)],
    [both(103, 116), both(172, null), both(173, null), both(154, null)],
    // Clock and name: settimeofday, clock_settime, adjtimex, clock_adjtime, sethostname, setdomainname.
    [both(164, 170), both(227, 112), both(159, 171), both(305, 266), both(170, 161)],
    [both(171, 162)],
  ].flat(),
} as const
