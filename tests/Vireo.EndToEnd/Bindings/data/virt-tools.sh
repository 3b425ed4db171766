# virt-install, virt-xml and virt-clone, as somebody who sets a machine up uses them. usage: virt-tools.sh URI TYPE FOLDER      (TYPE: what guests are run by)
uri=$1 type=$2 folder=$3
export HOME=$folder XDG_CACHE_HOME=$folder/cache
chmod 755 "$folder"
run() { # TOOL OPTION...: without its progress
    printf '$ %s\n' "${*//$folder/FOLDER}"
    local tool=$1
    shift
    "$tool" --connect "$uri" "$@" 2>&1 | tr '\r' '\n' | grep -vE '^(Allocating|Creating|Cloning) |^ *$|[0-9] *(B|kB|MB)' | sed 's/[0-9]* *kB\/s.*//'
    printf 'exit %d\n' "${PIPESTATUS[0]}"
}
common=(--virt-type "$type" --memory 32 --import --osinfo generic --graphics none --network none)
run virt-install --name tool "${common[@]}" --disk none --print-xml
run virt-install --name tool "${common[@]}" --disk "$folder/a.img,size=0.01,format=raw,bus=virtio" --noautoconsole
run virt-install --name tool "${common[@]}" --disk none --noautoconsole
run virt-xml tool --edit --memory 48,maxmemory=48 --print-diff --define
run virt-xml tool --add-device --disk "$folder/b.img,size=0.01,format=raw,bus=virtio" --define
run virt-xml tool --edit target=vdb --disk cache=none --define
run virt-xml nonesuch --edit --memory 48
run virt-clone --original tool --name copy --auto-clone
/usr/bin/python3 - "$uri" <<'EOF'
import sys
import libvirt
libvirt.registerErrorHandler(lambda context, error: None, None)
conn = libvirt.open(sys.argv[1])
conn.lookupByName("tool").destroy()
EOF
run virt-clone --original tool --name copy --file "$folder/c.img" --file "$folder/d.img"
/usr/bin/python3 - "$uri" <<'EOF'
import sys
import libvirt
libvirt.registerErrorHandler(lambda context, error: None, None)
conn = libvirt.open(sys.argv[1])
for name in "tool", "copy":
    domain = conn.lookupByName(name)
    print(domain.isActive(), domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))
    domain.undefine()
for pool in conn.listAllStoragePools():
    if pool.name() not in ("default", "default-pool"):
        print(pool.isActive(), pool.isPersistent(), sorted(pool.listVolumes()), pool.autostart())
        pool.destroy()
        pool.undefine()
EOF
ls -s --block-size=1M "$folder" | grep img
