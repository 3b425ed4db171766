# A disk made, written and read by guestfish, whose appliance is a guest of the daemon. usage: guestfish.sh URI FOLDER CACHE
uri=$1 folder=$2 cache=$3
chmod 755 "$folder" "$cache"
export HOME=$folder TMPDIR=$folder LIBGUESTFS_CACHEDIR=$cache LIBGUESTFS_BACKEND=libvirt:$uri LIBGUESTFS_BACKEND_SETTINGS=force_tcg
guestfish -N "$folder/disk.img=fs:ext2:50M" -m /dev/sda1 <<'EOF' 2>&1
list-filesystems
write /hello "written in a guest"
cat /hello
ls /
statvfs / | grep ^blocks:
umount /
EOF
printf 'exit %d\n' $?
ls -l "$folder" | awk '{ print $1, $3, $4, $9 }'
