namespace Vireo.EndToEnd.Compare;

/// <summary>CPU commands, with documents of every kind that they take.</summary>
public static class CpuScripts
{
    static readonly Dictionary<string, string> documents = new()
    {
        ["PLAIN"] = "<cpu mode='custom' match='exact'><model>pentium3</model></cpu>",
        ["KVM64"] = "<cpu mode='custom' match='exact'><model>kvm64</model></cpu>",
        ["QEMU64"] = "<cpu><model>qemu64</model></cpu>",
        ["STRICT"] = "<cpu match='strict'><model>pentium3</model></cpu>",
        ["MINIMUM"] = "<cpu match='minimum'><model>pentium3</model></cpu>",
        ["OTHERVENDOR"] = "<cpu match='exact'><model>Skylake-Client</model><vendor>Intel</vendor></cpu>",
        ["FORBIDS"] = "<cpu match='exact'><model>pentium3</model><feature name='sse' policy='forbid'/></cpu>",
        ["REQUIRES"] = "<cpu match='exact'><model>pentium3</model><feature name='amx-tile'/><feature name='invtsc'/><feature name='xsaves'/></cpu>",
        ["DISABLES"] = "<cpu match='exact'><model>kvm64</model><feature name='pni' policy='disable'/></cpu>",
        ["REMOVED"] = "<cpu match='exact'><model>EPYC</model></cpu>",
        ["REMOVEDHOST"] = "<cpu><arch>x86_64</arch><model>EPYC</model><vendor>AMD</vendor></cpu>\n<cpu><arch>x86_64</arch><model>EPYC-Rome</model><feature name='invtsc'/></cpu>",
        ["TWO"] = "<?xml version='1.0'?>\n<cpu><arch>x86_64</arch><model>Westmere</model><feature name='osxsave'/></cpu>\n<cpu><arch>x86_64</arch><model>Nehalem</model></cpu>",
        ["VENDORS"] = "<cpu><arch>x86_64</arch><model>kvm64</model><vendor>AMD</vendor></cpu><cpu><arch>x86_64</arch><model>Penryn</model><vendor>Intel</vendor></cpu>",
        ["ARM"] = "<cpu><arch>aarch64</arch><model>cortex-a53</model></cpu>",
        ["POWER"] = "<cpu><arch>ppc64</arch><model>POWER8</model></cpu>",
        ["MAINFRAME"] = "<cpu><arch>s390x</arch><model>z14</model></cpu>",
        ["ZONE"] = "<cpu mode='custom'><model>z13</model></cpu>",
        ["ZTWO"] = "<cpu mode='custom'><model>z13-base</model><feature policy='require' name='aen'/></cpu><cpu mode='custom'><model>z14-base</model></cpu>",
        ["ZTHREE"] = "<cpu mode='custom'><model>z13-base</model></cpu><cpu mode='custom'><model>z14-base</model></cpu><cpu mode='custom'><model>z10EC-base</model></cpu>",
        ["ZHOST"] = "<cpu><arch>s390x</arch><model>z13-base</model><feature name='aen'/></cpu>",
        ["ZPOLICIES"] = "<cpu mode='custom'><model>z13-base</model><feature policy='optional' name='vx'/><feature policy='force' name='aen'/>"
            + "<feature policy='forbid' name='dfp'/></cpu>",
        ["DOMAIN"] = "<domain><cpu mode='custom' match='exact'><model>Penryn</model></cpu></domain>",
        ["HOSTMODEL"] = "<cpu mode='host-model'/>",
        ["NOMODEL"] = "<cpu><arch>x86_64</arch></cpu>",
        ["NOARCH"] = "<cpu><arch>nosuch</arch><model>pentium3</model></cpu>",
        ["BOTHKINDS"] = "<cpu match='exact'><arch>x86_64</arch><model>pentium3</model></cpu>",
        ["BADMODEL"] = "<cpu match='exact'><model>nosuch</model></cpu>",
        ["BADFEATURE"] = "<cpu match='exact'><model>pentium3</model><feature name='nosuch'/></cpu>",
        ["BADVENDOR"] = "<cpu match='exact'><model>pentium3</model><vendor>Nobody</vendor></cpu>",
        ["TWICE"] = "<cpu match='exact'><model>pentium3</model><feature name='sse'/><feature name='sse'/></cpu>",
        ["WIDTH"] = "<cpu mode='custom' match='exact'><model>pentium3</model><maxphysaddr mode='emulate' bits='52'/></cpu>",
        ["HOSTWIDTH"] = "<cpu mode='custom' match='exact'><model>pentium3</model><maxphysaddr mode='passthrough'/></cpu>",
        ["WIDTHS"] = "<cpu><arch>x86_64</arch><model>Westmere</model><maxphysaddr mode='emulate' bits='40'/></cpu>\n<cpu><arch>x86_64</arch><model>Westmere</model><maxphysaddr mode='emulate' bits='46'/></cpu>",
        ["BADWIDTH"] = "<cpu match='exact'><model>pentium3</model><maxphysaddr mode='nosuch' bits='-1'/></cpu>",
        ["CACHE"] = "<cpu mode='custom' match='exact'><model>pentium3</model><cache level='3' mode='emulate'/></cpu>",
        ["CACHES"] = "<cpu mode='custom'><model>Penryn</model><cache mode='disable'/></cpu><cpu mode='custom'><model>Penryn</model><cache mode='passthrough'/></cpu>",
        ["BADCACHE"] = "<cpu match='exact'><model>pentium3</model><cache level='9' mode='emulate'/></cpu>",
        ["TWOCACHES"] = "<cpu match='exact'><model>pentium3</model><cache level='3' mode='emulate'/><cache level='2' mode='emulate'/></cpu>",
        ["TOPOLOGY"] = "<cpu mode='custom' match='exact'><model>pentium3</model><topology sockets='1' dies='1' cores='2' threads='2'/></cpu>",
        ["PASSTHROUGH"] = "<cpu mode='host-passthrough' migratable='on'><cache mode='passthrough'/><maxphysaddr mode='passthrough'/></cpu>",
        ["MAXIMUM"] = "<cpu mode='maximum'/>",
        ["FEATURESONLY"] = "<cpu><feature name='sse'/></cpu>",
        ["NOTHING"] = "<domain/>",
    };

    /// <summary>By command; ${HOST} is what capabilities say of this host, ${OFFER} what domcapabilities do.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["domcapabilities"] =
        [
            "domcapabilities", "domcapabilities --virttype qemu", "domcapabilities --machine q35", "domcapabilities --machine isapc --virttype qemu",
            "domcapabilities --arch i686", "domcapabilities --machine none", "domcapabilities --machine nosuch", "domcapabilities --arch aarch64",
            "domcapabilities --arch nosuch", "domcapabilities --virttype xen", "domcapabilities --virttype nosuch", "domcapabilities --emulatorbin /nowhere",
            "domcapabilities --emulatorbin /usr/bin/qemu-system-x86_64 --arch ppc64", "domcapabilities --nonsense",
        ],
        ["cpu-models"] =
        [
            "cpu-models x86_64", "cpu-models i686", "cpu-models ppc64le", "cpu-models aarch64", "cpu-models s390x", "cpu-models riscv64", "cpu-models nosuch", "cpu-models",
        ],
        ["cpu-compare"] =
        [
            .. Names.Select(n => $"cpu-compare ${{{n}}}"), .. Refused.Select(n => $"cpu-compare --error ${{{n}}}"), "cpu-compare --validate ${PLAIN}", "cpu-compare /nowhere",
        ],
        ["cpu-baseline"] = [.. Names.Select(n => $"cpu-baseline ${{{n}}}"), .. Options.SelectMany(o => Hosts.Select(n => $"cpu-baseline {o} ${{{n}}}")), "cpu-baseline /nowhere"],
        ["hypervisor-cpu-compare"] =
        [
            .. Names.Select(n => $"hypervisor-cpu-compare ${{{n}}}"), .. Refused.Select(n => $"hypervisor-cpu-compare --virttype qemu --error ${{{n}}}"),
            .. Choices.Select(c => $"hypervisor-cpu-compare ${{PLAIN}} {c}"),
        ],
        ["hypervisor-cpu-baseline"] =
        [
            .. Names.Select(n => $"hypervisor-cpu-baseline ${{{n}}}"),
            .. Options.SelectMany(o => Offers.Select(n => $"hypervisor-cpu-baseline {o} ${{{n}}}")),
            .. Offers.Select(n => $"hypervisor-cpu-baseline --virttype qemu --migratable ${{{n}}}"), .. Choices.Select(c => $"hypervisor-cpu-baseline ${{PLAIN}} {c}"),
            "hypervisor-cpu-baseline", "hypervisor-cpu-baseline --model Penryn", "hypervisor-cpu-baseline ${PLAIN} --model Penryn",
        ],
    };

    /// <summary>Where QEMU itself is asked, for ${S390X}, an emulator of mainframes.</summary>
    public static IReadOnlyList<string> OfMainframes { get; } =
    [
        .. from o in Options.Prepend("") from n in new[] { "ZONE", "ZTWO", "ZTHREE", "ZHOST", "ZPOLICIES", "BADMODEL", "HOSTMODEL" }
           select $"hypervisor-cpu-baseline --emulator ${{S390X}} --arch s390x --virttype qemu {o} ${{{n}}}".Replace("  ", " ", StringComparison.Ordinal),
        "hypervisor-cpu-compare --emulator ${S390X} --arch s390x --virttype qemu ${ZONE}",
    ];

    /// <summary>The same, one line of each kind.</summary>
    public static IReadOnlyDictionary<string, string[]> Short { get; } = All.ToDictionary(
        static row => row.Key, static row => row.Value.Where(static line => !line.Contains("${", StringComparison.Ordinal) || Telling.Any(n => line.Contains($"${{{n}}}", StringComparison.Ordinal))).ToArray());

    static IEnumerable<string> Names => documents.Keys.Append("HOST").Append("OFFER");

    static string[] Telling => ["KVM64", "DOMAIN", "TWO", "OFFER", "NOTHING", "BADMODEL"];

    static string[] Refused => ["STRICT", "OTHERVENDOR", "FORBIDS", "REQUIRES", "REMOVED", "ARM", "HOST"];

    static string[] Offers => ["HOST", "OFFER", "WIDTHS", "REMOVED", "REMOVEDHOST", "REQUIRES"];

    static string[] Hosts => ["HOST", "WIDTHS", "TWO", "REMOVEDHOST"];

    static string[] Options => ["--features", "--migratable", "--features --migratable"];

    static string[] Choices =>
        ["--arch i686", "--arch aarch64", "--arch nosuch", "--virttype xen", "--virttype nosuch", "--machine nosuch", "--machine q35", "--emulator /nowhere", "--emulator /usr/bin/qemu-system-i386"];

    /// <summary>The files.</summary>
    public static void Prepare(Documents files, string host, string offer)
    {
        foreach (var (name, text) in documents)
            files.With(name, text);
        files.With("HOST", host).With("OFFER", offer);
    }
}
