# awk -v file=NAME -f forwards.awk functions.txt: assembler of NAME's functions, a jump each to vireo_FUNCTION of libvirt.so.0.
BEGIN {
    FS = "|"
    print "        .section .note.GNU-stack,\"\",@progbits"
    print "        .text"
}
!/^#/ && $2 == file {
    print "        .globl " $5
    print "        .type " $5 ",@function"
    print "        .p2align 4"
    print $5 ":"
    print "        .cfi_startproc"
    print "        endbr64"
    print "        jmp *vireo_" $5 "@GOTPCREL(%rip)"
    print "        .cfi_endproc"
    print "        .size " $5 ",.-" $5
}
