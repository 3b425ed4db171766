# awk -v file=NAME -f version-script.awk functions.txt: NAME's version script. libvirt has a private node with what the other files jump to.
BEGIN { FS = "|" }
/^#/ || NF < 5 { next }
$2 == file {
    if ($1 != node) begin($1)
    print "        " $5 ";"
    next
}
file == "libvirt" { forwarded[++count] = $5 }
END {
    if (count) begin("VIREO_PRIVATE_9.0.0")
    for (i = 1; i <= count; i++) print "        vireo_" forwarded[i] ";"
    end()
}

function begin(name) {
    if (node != "") end()
    before = node
    node = name
    print name " {\n    global:"
    if (name == "LIBVIRT_0.4.0") print "        virConnectAuthPtrDefault;" # the one variable
}

function end() { print before == "" ? "    local:\n        *;\n};" : "} " before ";" }
