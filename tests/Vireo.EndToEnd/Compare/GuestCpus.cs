namespace Vireo.EndToEnd.Compare;

/// <summary>CPUs of guests, whose live form is read back from QEMU: by single questions at stock, by a few at vireod.</summary>
static class GuestCpus
{
    /// <summary>What is typed.</summary>
    internal static readonly string[] Lines =
    [
        "define ${XML}", "dumpxml g --xpath //cpu", "dumpxml g --update-cpu --xpath //cpu", "start g --paused", "dumpxml g --xpath //cpu", "dumpxml g --inactive --xpath //cpu",
        "dumpxml g --migratable --xpath //cpu", "destroy g", "undefine g",
    ];

    static string Custom(string model, string features = "", string check = "none") =>
        $"<cpu mode='custom' match='exact' check='{check}'><model fallback='allow'>{model}</model>{features}</cpu>";

    /// <summary>The element, by what it is about; a name that begins with kvm is a guest of that kind.</summary>
    internal static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["none"] = "",
        ["old"] = Custom("qemu64"),
        ["Intel"] = Custom("Haswell"),
        ["Intel, with much that emulation lacks"] = Custom("Icelake-Server"),
        ["AMD"] = Custom("EPYC", "<topology sockets='1' dies='1' cores='1' threads='1'/>"),
        ["partly checked"] = Custom("Penryn", check: "partial"),
        ["fully checked"] = Custom("Nehalem", check: "full"),
        ["features switched"] = Custom("Westmere", "<feature policy='require' name='sse4.2'/><feature policy='disable' name='nx'/><feature policy='force' name='avx2'/>"
            + "<feature policy='optional' name='pcid'/><feature policy='optional' name='smap'/>"),
        ["a feature forbidden"] = Custom("qemu64", "<feature policy='forbid' name='sse4.2'/>"),
        ["AMD, fully checked"] = Custom("EPYC", check: "full"),
        ["AMD, newer"] = Custom("EPYC-Milan"),
        ["at least"] = "<cpu mode='custom' match='minimum' check='none'><model fallback='allow'>EPYC</model></cpu>",
        ["the host's model"] = "<cpu mode='host-model'/>",
        ["everything"] = "<cpu mode='maximum'/>",
        ["a cache"] = Custom("Penryn", "<cache level='3' mode='emulate'/>"),
        ["a width of addresses"] = Custom("EPYC", "<cache mode='disable'/><maxphysaddr mode='emulate' bits='41'/>"),
        ["the host's model with a width"] = "<cpu mode='host-model'><cache mode='emulate' level='3'/><maxphysaddr mode='emulate' bits='42'/></cpu>",
        ["a width that is none"] = Custom("EPYC", "<maxphysaddr mode='passthrough' bits='41'/>"),
        ["a cache that cannot be"] = Custom("EPYC", "<cache mode='passthrough'/>"),
        ["kvm, the host's width and cache"] = "<cpu mode='host-passthrough' migratable='off'><cache mode='passthrough'/><maxphysaddr mode='passthrough'/></cpu>",
        ["kvm, none"] = "",
        ["kvm, the host's model"] = "<cpu mode='host-model'/>",
        ["kvm, the host itself"] = "<cpu mode='host-passthrough'/>",
        ["kvm, features in registers"] = Custom("Icelake-Server"),
        ["kvm, a model"] = Custom("Nehalem"),
    };

    /// <summary>A guest with one of them.</summary>
    internal static string Guest(string name) => $"""
        <domain type='{(name.StartsWith("kvm", StringComparison.Ordinal) ? "kvm" : "qemu")}'>
          <name>g</name>
          <uuid>0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11</uuid>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          {All[name]}
          <devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices>
        </domain>
        """;
}
