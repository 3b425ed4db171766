# virsh. usage: virsh.sh URI FOLDER DOCUMENT        (who logs in is in the file that LIBVIRT_AUTH_FILE names)
uri=$1 folder=$2 document=$3
virsh -c "$uri" event --domain test --event lifecycle --loop --timeout 60 >"$folder/events" &
events=$!
virsh -c "$uri" -k 5 -K 3 <<EOF
version
hostname
uri
nodeinfo
list --all
net-list --all
pool-list --all --details
vol-list default-pool
iface-list --all
define $document
start matrix
domstate matrix --reason
domstats --state matrix
vcpucount matrix
dumpxml matrix --inactive
desc matrix --title --live a title
desc matrix --title
screenshot matrix $folder/picture
snapshot-create-as matrix first
snapshot-list matrix --name
snapshot-delete matrix first
suspend matrix
domstate matrix --reason
resume matrix
vol-create-as default-pool v 1MiB
vol-info v --pool default-pool
vol-delete v --pool default-pool
domid absent
net-info absent
pool-info absent
vol-info absent --pool default-pool
start matrix
memtune matrix --hard-limit 1 --badoption
destroy matrix
undefine matrix
list --all
quit
EOF
echo "exit $?"
head -c 4 "$folder/picture" | tail -c 3
echo
# An event's client is ready when it sees one, which may be the second of the two; the connection above is not the one that watches.
until grep -q Suspended "$folder/events"; do
    virsh -q -c "$uri" suspend test >"$folder/said" && virsh -q -c "$uri" resume test >"$folder/said"
done
kill $events
wait $events 2>/dev/null
grep -m 1 Suspended "$folder/events"
