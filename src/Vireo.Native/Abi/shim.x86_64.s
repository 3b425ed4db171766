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
.Lg0v:  .asciz "400000"
        .text
        .globl __wrap_getenv
        .hidden __wrap_getenv
        .type __wrap_getenv,@function
__wrap_getenv:
        endbr64
        pushq %rbx
        movq %rdi,%rbx
        leaq .Lpfx(%rip),%rsi
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

