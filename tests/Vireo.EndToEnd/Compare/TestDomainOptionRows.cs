namespace Vireo.EndToEnd.Compare;

/// <summary>Disks, memory and processors that options give to the domain of test:///default: what is typed at stock virsh.</summary>
static class TestDomainOptionRows
{
    public static readonly string[] All =
    [
        "destroy test; setmaxmem test 4G; setmem test 2G; setmem test 2G --config; dumpxml test --xpath /domain/currentMemory",
        "attach-disk test /x xvda --print-xml --address scsi:0.0.1", "attach-disk test /x fda --print-xml --address ide:0.0.1",
        "attach-disk test /x fda --print-xml --address usb:0.1", "attach-disk test /x xvda --print-xml --address usb:0.1",
        "attach-disk test /x xvda --print-xml --address ccw:fe.0.00aa", "attach-disk test /x ubda --print-xml --address pci:1.2.3.4",
        "attach-disk test /x vdb --print-xml --address pci:1.2.3.4junk", "attach-disk test /x vdb --print-xml --address pci:0x1.2.3.4",
        "attach-disk test /x vdb --print-xml --address PCI:1.2.3.4", "attach-disk test /x sda --print-xml --address usb:1.2.3",
        "attach-disk test /x sda --print-xml --address 'scsi: 1.2.3'", "attach-disk test /x vdb --print-xml --wwn 5000c50015ea71ad",
        "attach-disk test /x vdb --print-xml --wwn 0x5000c50015ea71ad", "attach-disk test '' vdb --print-xml --sourcetype block",
        "attach-disk test '' vdb --print-xml --sourcetype network --source-protocol nbd", "attach-disk test /dev vdb --print-xml",
        "attach-disk test /x vdb --print-xml --sourcetype ''", "setmaxmem test 0", "setmem test 0 --live", "setmem test 0 --config",
        "setvcpus test 0 --config", "setvcpus test 2", "setvcpus test 0", "setvcpus test -1", "setvcpus test 100", "setvcpus test 3 --maximum",
        "setvcpus test 3 --maximum --config", "setvcpus test 1 --config; vcpucount test", "setvcpus test 1 --live",
        "setvcpus test 1 --current --live", "setvcpus test 1 --guest", "setvcpus test x", "setvcpus nobody 1", "setmem test 1G", "setmem test 1024",
        "setmem test 1024 --config; dumpxml test --inactive", "setmem test zz", "setmem test 5QB", "setmem test 9999999999999",
        "setmem test 99999999999999999999", "setmem test 0", "setmem test --kilobytes 1024", "setmaxmem test 42", "setmaxmem test 42 --config",
        "setmaxmem test 1G --live", "setmaxmem nobody 4", "attach-disk test /nowhere vdb",
        "attach-disk test /nowhere vdb --config; domblklist test --inactive", "attach-disk test /nowhere vdb --live",
        "attach-disk test /nowhere vdb --persistent", "attach-disk test /nowhere vdb --current", "attach-disk nobody /nowhere vdb",
        "attach-disk test /dev/null vdb --print-xml", "attach-disk test /etc/passwd vdb --print-xml", "attach-disk test '' vdb --print-xml",
        "attach-disk test /x vdb --print-xml --targetbus virtio --wwn 5 --serial s --alias a --mode shareable --io native",
        "attach-disk test /x vdb --print-xml --shareable", "attach-disk test /x xvda --print-xml --address pci:0.0.1.0",
        "attach-disk test /x vdb --print-xml --address pci:0000:00:1f.7", "attach-disk test /x sda --print-xml --address scsi:0x1.2.3",
        "attach-disk test /x sda --print-xml --address scsi:1.2", "attach-disk test /x sda --print-xml --address scsi:01.02.03",
        "attach-disk test /x vdb --print-xml --address ccw:fe.0.00aa", "attach-disk test /x vdb --print-xml --address pci",
        "attach-disk test x vdb --print-xml --source-protocol rbd",
        "attach-disk test x vdb --print-xml --source-protocol rbd --sourcetype network --source-host-name h",
        "attach-disk test x vdb --print-xml --source-protocol rbd --sourcetype network --source-host-name h:1:2",
        "attach-disk test x vdb --print-xml --source-protocol rbd --sourcetype network --source-host-socket /s",
        "attach-disk test x vdb --print-xml --source-host-name h", "attach-disk test x vdb --print-xml --sourcetype network",
        "attach-disk test /x vdb --print-xml --driver '' ", "attach-disk test /x '' --print-xml",
        "attach-disk test /x hda --print-xml --type floppy --address ide:0.0.0 --multifunction",
    ];
}
