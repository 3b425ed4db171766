# Prints the medians of what was measured (lines "who measure value") and whether each target is met.
# usage: awk -f report.awk TARGETS RESULTS
FILENAME == ARGV[1] {
    if ($0 ~ /^#/ || NF == 0) next
    split($0, t, "|"); how[t[1]] = t[2]; limit[t[1]] = t[3]; words[t[1]] = t[4]
    next
}
{
    key = $1 SUBSEP $2; n[key]++; v[key, n[key]] = $3
    if (!($2 in seen)) { order[++count] = $2; seen[$2] = 1 }
}
function sorted(who, name, a,    key, m, i, j, x) {
    key = who SUBSEP name; m = n[key]
    for (i = 1; i <= m; i++) a[i] = v[key, i]
    for (i = 2; i <= m; i++) { x = a[i]; for (j = i - 1; j > 0 && a[j] > x; j--) a[j + 1] = a[j]; a[j + 1] = x }
    return m
}
function middle(who, name,    a, m) {
    m = sorted(who, name, a)
    if (m == 0) return ""
    return m % 2 ? a[(m + 1) / 2] : (a[m / 2] + a[m / 2 + 1]) / 2
}
function spread(name,    a, m) {
    m = sorted("vireo", name, a)
    return m > 1 ? short(a[1]) ".." short(a[m]) : "-"
}
function short(x) { return x == "" ? "-" : x >= 1000 ? sprintf("%.0f", x) : x >= 100 ? sprintf("%.1f", x) : sprintf("%.2f", x) }
function figure(name,    part, w) {
    split(how[name], part, " "); w = middle("vireo", name)
    if (w == "") return ""
    if (part[1] == "itself") return w
    if (part[1] == "ratio") return middle("stock", name) > 0 ? w / middle("stock", name) : ""
    if (part[1] == "share") return middle("floor", name) > 0 ? w / middle("floor", name) : ""
    if (part[1] == "rise") return middle("vireo", part[2]) > 0 ? w / middle("vireo", part[2]) : ""
    if (part[1] == "over") return middle("floor", part[2] ? part[2] : name) != "" ? w - middle("floor", part[2] ? part[2] : name) : ""
    return ""
}
function met(value, rule,    part) { split(rule, part, " "); return part[1] == ">=" ? value >= part[2] : value <= part[2] }
END {
    printf "\n%-29s %10s %10s %19s %10s %8s\n", "measure (medians)", "stock", "vireo", "vireo, spread", "floor", "v : s"
    for (i = 1; i <= count; i++) {
        name = order[i]; s = middle("stock", name); w = middle("vireo", name); f = middle("floor", name)
        printf "%-29s %10s %10s %19s %10s %8s\n", name, short(s), short(w), spread(name), short(f), (s > 0 && w != "") ? sprintf("%.2f", w / s) : "-"
    }
    printf "\n%-7s %-29s %10s  %s\n", "target", "measure", "figure", "wanted"
    for (i = 1; i <= count; i++) {
        name = order[i]
        if (!(name in how) || (x = figure(name)) == "") continue
        ok = met(x, limit[name]); total++; good += ok
        printf "%-7s %-29s %10s  %s (%s)\n", ok ? "MET" : "MISSED", name, short(x), words[name], limit[name]
    }
    if (total) printf "%d of %d targets met\n", good, total
}
