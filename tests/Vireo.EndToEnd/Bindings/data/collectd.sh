# collectd's virt plugin, which writes tables of what it reads. usage: collectd.sh URI FOLDER
cat >"$2/collectd.conf" <<EOF
BaseDir "$2"
PIDFile "$2/pid"
Hostname "here"
FQDNLookup false
Interval 0.1
LoadPlugin logfile
LoadPlugin csv
LoadPlugin virt
<Plugin logfile>
  LogLevel info
  File "$2/log"
  Timestamp false
</Plugin>
<Plugin csv>
  DataDir "$2/csv"
</Plugin>
<Plugin virt>
  Connection "$1"
  RefreshInterval 1
  HostnameFormat name uuid
  ExtraStats "cpu_util domain_state job_stats_background memory pcpu perf vcpu vcpupin disk disk_err fs_info"
</Plugin>
EOF
collectd -f -C "$2/collectd.conf" 2>"$2/errors" >&2 &
daemon=$!
# The share of a processor is the last thing that comes: it needs two readings.
until [ -n "$(find "$2/csv" -name 'virt_vcpu-1*' -size +60c 2>/dev/null)" ] && [ -n "$(find "$2/csv" -name 'percent-virt_cpu_total*' 2>/dev/null)" ] \
    || ! kill -0 $daemon 2>/dev/null; do sleep 0.02; done
kill $daemon
wait $daemon
cd "$2/csv" || exit
# Which tables there are with which columns, and the numbers that do not come from a clock.
find . -type f | sort | while read -r table; do printf '%s: %s\n' "${table%-*-*-*}" "$(head -n 1 "$table")"; done | uniq
for table in $(find . -name 'memory-total*' -o -name 'memory-actual*' -o -name 'domain_state*' | sort); do sed 1d "$table" | cut -d, -f2- | sort -u; done
grep -E '^virt plugin: ' "$2/log" | grep -vE 'reader|closed' | sort -u
grep '^libvirt: ' "$2/errors" | sort -u
