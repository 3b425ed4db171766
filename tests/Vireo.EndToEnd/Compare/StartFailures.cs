namespace Vireo.EndToEnd.Compare;

/// <summary>Starts that fail, each with what it needs: by code and text as stock's.</summary>
static class StartFailures
{
    /// <summary>One of them.</summary>
    /// <param name="Devices">The guest's devices.</param>
    /// <param name="Os">What else stands in its os element.</param>
    /// <param name="Top">What else stands in the document.</param>
    /// <param name="Lines">What is typed.</param>
    internal sealed record Case(string Devices, string Os, string Top, params string[] Lines);

    static readonly string[] Start = ["define ${XML}", "start g", "list --all", "domstate g --reason", "undefine g"];
    static readonly string[] Create = ["create ${XML}", "list --all"];

    static string Disk(string source, string type = "raw") =>
        $"<disk type='file' device='disk'><driver name='qemu' type='{type}'/><source file='{source}'/><target dev='vda' bus='virtio'/></disk>";

    internal static readonly IReadOnlyDictionary<string, Case> All = new Dictionary<string, Case>
    {
        ["a disk that is not there"] = new(Disk("/nosuch/disk.img"), "", "", Start),
        ["a disk that is not there, transient"] = new(Disk("/nosuch/disk.img"), "", "", Create),
        ["a block device that is not there"] = new(
            "<disk type='block' device='disk'><driver name='qemu' type='raw'/><source dev='/dev/nosuch'/><target dev='vda' bus='virtio'/></disk>", "", "", Start),
        ["a disk that is no qcow2"] = new(Disk("${IMAGE}", "qcow2"), "", "", Start),
        ["a disk that is a folder"] = new(Disk("/usr"), "", "", Start),
        ["a disk nobody else may read"] = new(Disk("${SECRET}"), "", "", Start),
        ["a disk that another guest writes"] = new(
            Disk("${IMAGE}"), "", "", "create ${XML} --paused", "create ${OTHER}", "list", "destroy g", "list --all"),
        ["a kernel that is not there"] = new("", "<kernel>/nosuch/kernel</kernel>", "", Start),
        ["a kernel that is none"] = new("", "<kernel>${IMAGE}</kernel><initrd>${IMAGE}</initrd>", "", Start),
        ["an emulator that is not there"] = new("<emulator>/usr/bin/qemu-system-nosuch</emulator>", "", "", Create),
        ["a bridge that is not there"] = new("<interface type='bridge'><source bridge='nosuch'/></interface>", "", "", Start),
        ["a device for macvtap that is not there"] = new("<interface type='direct'><source dev='nosuch' mode='bridge'/></interface>", "", "", Start),
        ["a port that another guest has"] = new(
            "<graphics type='vnc' port='5977'/>", "", "", "create ${XML} --paused", "create ${OTHER}", "list", "destroy g", "list --all"),
        ["a folder for a socket that is not there"] = new("<serial type='unix'><source mode='bind' path='/nosuch/file'/></serial>", "", "", Start),
        ["a user that is not there"] = new(
            "", "", "<seclabel type='static' model='dac' relabel='no'><label>nosuch:nosuch</label></seclabel>", Create),
        ["a model of labels that is not there"] = new("", "", "<seclabel type='dynamic' model='selinux'/>", Create),
        ["files that keep their owners"] = new(
            Disk("${IMAGE}"), "", "<seclabel type='none' model='dac'/>", Create),
        ["a guest of kvm, where it may be"] = new("", "", "kvm", "create ${XML} --paused", "destroy g", "list --all"),
    };

    /// <summary>The documents of a case.</summary>
    internal static void Prepare(Documents documents, string name)
    {
        Case failure = All[name];
        documents.WithImage("IMAGE", 1 << 20);
        documents.Set("SECRET", documents.Private("secret"));
        documents.WithFilled("XML", Guest("g", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11", failure));
        documents.WithFilled("OTHER", Guest("other", "e4c0a5b4-7d35-4b07-8a51-7d1f0b6a7c22", failure));
    }

    static string Guest(string name, string uuid, Case failure) => $"""
        <domain type='{(failure.Top is "kvm" ? "kvm" : "qemu")}'>
          <name>{name}</name>
          <uuid>{uuid}</uuid>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type>{failure.Os}</os>
          {(failure.Top is "kvm" ? "" : failure.Top)}
          <devices>{failure.Devices}</devices>
        </domain>
        """;
}
