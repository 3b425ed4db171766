<?php
# php-libvirt. usage: php.php URI USER PASSWORD DOCUMENT
[, $uri, $user, $password, $file] = $argv;
$document = file_get_contents($file);

function show($what, $value) { echo $what, " ", json_encode($value, JSON_UNESCAPED_SLASHES), "\n"; }

# The binding gives PHP warnings of libvirt's errors: they are shown where they are meant to be.
set_error_handler(fn() => true);

$conn = libvirt_connect($uri, false, [VIR_CRED_AUTHNAME => $user, VIR_CRED_USERNAME => $user, VIR_CRED_PASSPHRASE => $password, VIR_CRED_REALM => ""]);
if (!$conn) {
    echo "cannot connect: ", libvirt_get_last_error(), "\n";
    exit(1);
}
show("driver", libvirt_connect_get_hypervisor($conn));
show("host", libvirt_connect_get_hostname($conn));
show("uri", libvirt_connect_get_uri($conn));
show("encrypted", [libvirt_connect_get_encrypted($conn), libvirt_connect_get_secure($conn)]);
$host = libvirt_node_get_info($conn);
show("host has", $host);
show("domains", libvirt_list_domains($conn));
show("networks", libvirt_list_networks($conn));
$pool = libvirt_storagepool_lookup_by_name($conn, "default-pool");
show("pool", libvirt_storagepool_get_info($pool));

$domain = libvirt_domain_define_xml($conn, $document);
show("defined", [libvirt_domain_get_name($domain), libvirt_domain_get_uuid_string($domain), libvirt_domain_is_persistent($domain)]);
show("created", libvirt_domain_create($domain));
$info = libvirt_domain_get_info($domain);
unset($info["cpuUsed"]);
show("started", [libvirt_domain_is_active($domain), $info]);
show("counts", libvirt_domain_get_counts($conn));
$statistics = libvirt_connect_get_all_domain_stats($conn, VIR_DOMAIN_STATS_STATE, 0);
show("statistics", $statistics["matrix"] ?? $statistics);
echo libvirt_domain_get_xml_desc($domain, null);
$picture = libvirt_domain_get_screenshot_api($domain, 0);
show("picture", [$picture["mime"], substr(file_get_contents($picture["file"]), 1, 3), filesize($picture["file"]) > 1000]);
unlink($picture["file"]);
show("metadata", [libvirt_domain_set_metadata($domain, VIR_DOMAIN_METADATA_TITLE, "a title", "", "", 0), libvirt_domain_get_metadata($domain, VIR_DOMAIN_METADATA_TITLE, "", 0)]);
$snapshot = libvirt_domain_snapshot_create($domain, 0);
show("snapshots", count(libvirt_list_domain_snapshots($domain, 0)));
show("deleted", libvirt_domain_snapshot_delete($snapshot, 0));
show("suspended", [libvirt_domain_suspend($domain), libvirt_domain_get_info($domain)["state"]]);
show("resumed", libvirt_domain_resume($domain));
$volume = libvirt_storagevolume_create_xml($pool, "<volume><name>v</name><capacity unit='MiB'>1</capacity></volume>");
show("volume", [libvirt_storagevolume_get_name($volume), libvirt_storagevolume_get_path($volume), libvirt_storagevolume_get_info($volume)]);
show("deleted", libvirt_storagevolume_delete($volume, 0));

foreach ([
    fn() => libvirt_domain_lookup_by_name($conn, "absent"),
    fn() => libvirt_network_get($conn, "absent"),
    fn() => libvirt_storagepool_lookup_by_name($conn, "absent"),
    fn() => libvirt_storagevolume_lookup_by_name($pool, "absent"),
    fn() => libvirt_domain_create($domain),
    fn() => libvirt_domain_memory_peek($domain, 0, 8, 99),
] as $failing) {
    show("failed", [$failing() === false, libvirt_get_last_error()]);
}

show("destroyed", [libvirt_domain_destroy($domain), libvirt_domain_is_active($domain)]);
show("undefined", libvirt_domain_undefine($domain));
show("domains", libvirt_list_domains($conn));
