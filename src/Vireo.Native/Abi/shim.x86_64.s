# public data symbol: virConnectAuthPtr virConnectAuthPtrDefault = &default;
        .section .note.GNU-stack,"",@progbits
        .section .rodata
        .align 4
.Lcredtypes: .long 2,3,5,6,7,8        # AUTHNAME LANGUAGE PASSPHRASE ECHOPROMPT NOECHOPROMPT REALM
        .section .data.rel.local,"aw",@progbits
        .align 8
.Ldefault:
        .quad .Lcredtypes
        .long 6
        .long 0
        .quad vireo_auth_default_cb
        .quad 0
        .globl virConnectAuthPtrDefault
        .type virConnectAuthPtrDefault,@object
        .size virConnectAuthPtrDefault,8
        .align 8
virConnectAuthPtrDefault:
        .quad .Ldefault
# -Wl,--wrap=sigaction : every sigaction() of the static .NET runtime libs comes here
        .text
        .globl __wrap_sigaction
        .hidden __wrap_sigaction
        .type __wrap_sigaction,@function
__wrap_sigaction:
        endbr64
        cmpl $13,%edi                   # SIGPIPE: leave the host's disposition alone
        je 1f
        testq %rsi,%rsi
        je 2f
.ifdef NOSEGV
        cmpl $11,%edi
        je 1f
        cmpl $8,%edi
        je 1f
.endif
        orl $0x08000000,136(%rsi)       # SA_ONSTACK (required by Go)
2:      jmp *__real_sigaction@GOTPCREL(%rip)
1:      testq %rdx,%rdx
        je 3f
        xorl %esi,%esi
        jmp *__real_sigaction@GOTPCREL(%rip)
3:      xorl %eax,%eax
        ret
        .globl __wrap_signal
        .hidden __wrap_signal
        .type __wrap_signal,@function
__wrap_signal:
        endbr64
        cmpl $13,%edi
        je 4f
        jmp *__real_signal@GOTPCREL(%rip)
4:      xorl %eax,%eax
        ret
# -Wl,--wrap=getenv : the host's DOTNET_* must not reach us; fixed small gen0 budget (hex)
        .section .rodata
.Lpfx:  .asciz "DOTNET_"
.Lg0:   .asciz "DOTNET_GCgen0size"
.Lg0v:  .asciz "100000"
        .text
        .globl __wrap_getenv
        .hidden __wrap_getenv
        .type __wrap_getenv,@function
__wrap_getenv:
        endbr64
        pushq %rbx
        movq %rdi,%rbx
        cmpb $0,.Lstarted(%rip)
        je 8f
9:      leaq .Lpfx(%rip),%rsi
        movl $7,%edx
        call *strncmp@GOTPCREL(%rip)
        testl %eax,%eax
        jne 5f
        movq %rbx,%rdi
        leaq .Lg0(%rip),%rsi
        call *strcmp@GOTPCREL(%rip)
        popq %rbx
        testl %eax,%eax
        jne 6f
        leaq .Lg0v(%rip),%rax
        ret
6:      xorl %eax,%eax
        ret
5:      movq %rbx,%rdi
        popq %rbx
        jmp *__real_getenv@GOTPCREL(%rip)
# The runtime asks for a variable first of all when it starts. Now the compiler's tables are made, out of the image that the build put into the file (Symbols/StartupTables.cs): all of their
# memory at once, which takes a quarter of what page by page would, then the bytes, then the library's address is added to each word that has a bit. The image is given back: who reads
# it after all gets it from the file.
8:      movb $1,.Lstarted(%rip)
        call .Ltables
        movl $23,%edx                   # MADV_POPULATE_WRITE; a system that does not know it does without
        call *madvise@GOTPCREL(%rip)
        leaq vireo_tables(%rip),%rdi
        leaq vireo_image(%rip),%rsi
        leaq vireo_tables_end(%rip),%rcx
        subq %rdi,%rcx
        rep movsb
        leaq vireo_tables(%rip),%rdi
        leaq vireo_image_pointers(%rip),%rsi
        leaq vireo_image_end(%rip),%r8
        leaq __ehdr_start(%rip),%rax
10:     movq (%rsi),%rdx                # the next 64 words
        addq $8,%rsi
        testq %rdx,%rdx
        je 12f
11:     bsfq %rdx,%rcx
        addq %rax,(%rdi,%rcx,8)
        leaq -1(%rdx),%rcx
        andq %rcx,%rdx
        jne 11b
12:     addq $512,%rdi
        cmpq %r8,%rsi
        jb 10b
        leaq vireo_image(%rip),%rdi     # whole pages, and nothing else in them
        leaq 4095(%r8),%rsi
        andq $-4096,%rsi
        subq %rdi,%rsi
        movl $4,%edx                    # MADV_DONTNEED
        call *madvise@GOTPCREL(%rip)
        jmp 9b
        .local .Lstarted
        .comm .Lstarted,1
        .hidden vireo_tables
        .hidden vireo_tables_end
        .hidden vireo_image
        .hidden vireo_image_pointers
        .hidden vireo_image_end
.Ltables:                               # rdi, rsi: where and how much they are, in whole pages
        leaq vireo_tables(%rip),%rdi
        leaq vireo_tables_end+4095(%rip),%rsi
        subq %rdi,%rsi
        andq $-4096,%rsi
        ret

# When the library is loaded: the tables are written all at once, in large pages where the system has them (they begin where one can, tables.ld), which takes a third of the time.
# Of the file itself only what is used is to be in memory: no large pages there. First of all initialisers, for where one small page is there is no room for a large one.
        .section .init_array.00101,"aw",@init_array
        .align 8
        .quad .Lloaded
        .hidden __ehdr_start
        .hidden __bss_start
        .text
.Lloaded:
        endbr64
        leaq __ehdr_start(%rip),%rdi
        leaq __bss_start+4095(%rip),%rsi
        andq $-4096,%rsi
        subq %rdi,%rsi
        movl $15,%edx                   # MADV_NOHUGEPAGE; a system that refuses either does without
        subq $8,%rsp
        call *madvise@GOTPCREL(%rip)
        addq $8,%rsp
        call .Ltables
        movl $14,%edx                   # MADV_HUGEPAGE
        jmp *madvise@GOTPCREL(%rip)
# -Wl,--wrap=NAME : the few functions of libm that the runtime has a use for, and this library hardly. libm is loaded by the first who calls one.
        .macro of_libm name
        .section .rodata
.Lname_\name: .asciz "\name"
        .text
        .globl __wrap_\name
        .hidden __wrap_\name
        .type __wrap_\name,@function
__wrap_\name:
        endbr64
        leaq .Lname_\name(%rip),%rsi
        jmp .Lin_libm
        .endm
        of_libm ceil
        of_libm cos
        of_libm log
        of_libm modf
        of_libm pow
        of_libm sin
        .section .rodata
.Llibm: .asciz "libm.so.6"
        .text
.Lin_libm:                              # name in rsi; the arguments, in xmm0, xmm1 and rdi, are kept
        subq $40,%rsp
        movsd %xmm0,(%rsp)
        movsd %xmm1,8(%rsp)
        movq %rsi,16(%rsp)
        movq %rdi,24(%rsp)
        leaq .Llibm(%rip),%rdi
        movl $2,%esi                    # RTLD_NOW
        call *dlopen@GOTPCREL(%rip)
        testq %rax,%rax
        je 7f
        movq %rax,%rdi
        movq 16(%rsp),%rsi
        call *dlsym@GOTPCREL(%rip)
        testq %rax,%rax
        je 7f
        movsd (%rsp),%xmm0
        movsd 8(%rsp),%xmm1
        movq 24(%rsp),%rdi
        addq $40,%rsp
        jmp *%rax
7:      call *abort@GOTPCREL(%rip)      # no libm beside a libc: nothing is right
