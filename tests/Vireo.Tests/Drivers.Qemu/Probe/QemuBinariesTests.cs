using System.Collections.Frozen;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Facts.Cache;
using Vireo.Drivers.Qemu.Probe;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Probe;

public sealed class QemuBinariesTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("vireo-probe-").FullName;
    int _asked;
    ProbeHost _host = new()
    {
        Kvm = false,
        Kernel = "6.1.0 #1 SMP",
        Microcode = 7,
        Signature = "AuthenticAMD, a processor, family: 23, model: 1, stepping: 2",
        CpuData = "<cpudata arch='x86'><cpuid eax_in='0x00000000' ecx_in='0x00000000' eax='0x00000010' ebx='0x1' ecx='0x2' edx='0x3'/></cpudata>",
        Nesting = true,
    };
    bool _kvm;

    static CancellationToken Test => TestContext.Current.CancellationToken;

    string Binary => Path.Join(_folder, "qemu");

    public QemuBinariesTests() => File.WriteAllText(Binary, "one");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    QemuBinaries Binaries(Func<string, QemuFacts>? answer = null) => new(_folder, (binary, _, _) =>
    {
        Interlocked.Increment(ref _asked);
        return Task.FromResult((answer ?? Facts)(binary));
    }, () => _kvm, () => _host with { Kvm = _kvm });

    QemuFacts Facts(string binary) => new()
    {
        Emulator = binary,
        Arch = "x86_64",
        Version = 7002000,
        Package = "a <package>",
        Flags = (_kvm ? ["tcg", "vnc", "kvm"] : new[] { "tcg", "vnc" }).ToFrozenSet(),
        Kvm = _kvm ? new() { Machines = [new("pc-1")] } : null,
        Tcg = new()
        {
            Machines = [new("pc-1") { Alias = "pc", MaxCpus = 255, HotplugCpus = true, IsDefault = true, DefaultCpu = "x", DefaultRamId = "r" }],
            CpuModels = [new("a") { Usable = CpuUsable.No, Blockers = ["b"], TypeName = "t", Deprecated = true }, new("c")],
            HostCpu = new("base") { Migratability = true, Properties = [new("p", CpuPropertyKind.Boolean, "true", true), new("q", CpuPropertyKind.Number, "4")] },
        },
    };

    [Fact]
    public async Task A_binary_is_asked_once()
    {
        var binaries = Binaries();
        Assert.Null(binaries.Find(Binary));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => binaries.GetAsync(Binary, Test).AsTask()));
        Assert.Equal(1, _asked);
        Assert.NotNull(binaries.Find(Binary));
    }

    [Fact]
    public async Task What_was_found_outlives_the_daemon()
    {
        var first = await Binaries().GetAsync(Binary, Test);
        var again = await Binaries().GetAsync(Binary, Test);
        Assert.Equal(1, _asked);
        Assert.Equal(first.Flags.Order(), again.Flags.Order());
        Assert.Equal(first.Package, again.Package);
        Assert.Equal(first.Tcg!.Machines, again.Tcg!.Machines);
        Assert.Equal(first.Tcg.HostCpu!.Properties, again.Tcg.HostCpu!.Properties);
        Assert.Equal("b", Assert.Single(again.Tcg.CpuModels[0].Blockers));
    }

    [Fact]
    public async Task Another_binary_in_its_place_is_asked_again()
    {
        var binaries = Binaries();
        await binaries.GetAsync(Binary, Test);
        await File.WriteAllTextAsync(Binary, "another", Test);
        await binaries.GetAsync(Binary, Test);
        _kvm = true;
        await binaries.GetAsync(Binary, Test);
        Assert.Equal(3, _asked);
        Assert.Single(Directory.GetFiles(Path.Join(_folder, "capabilities")));
    }

    [Fact]
    public async Task It_is_kept_as_libvirt_keeps_it()
    {
        _kvm = true;
        await Binaries().GetAsync(Binary, Test);
        string file = Assert.Single(Directory.GetFiles(Path.Join(_folder, "capabilities")));
        Assert.Equal(new FactsCache(Path.Join(_folder, "capabilities")).FileOf(Binary), file);
        Assert.Equal(64 + ".xml".Length, Path.GetFileName(file).Length);
        string text = await File.ReadAllTextAsync(file, Test);
        var cache = CapabilityCache.Parse(text);
        Assert.Equal((9_000_000ul, 7u, _host.Kernel, _host.Signature), (cache.WriterVersion, cache.MicrocodeVersion, cache.KernelVersion, cache.HostCpuSignature));
        Assert.True(cache.BinaryChanged > 0 && cache.WriterChanged > 0 && cache.KvmSupportsNesting && !cache.KvmSupportsSecureGuest);
        Assert.Contains("\n    <cpuid eax_in='0x00000000' ecx_in='0x00000000' eax='0x00000010' ebx='0x1' ecx='0x2' edx='0x3'/>\n", text);
    }

    public static TheoryData<string, Func<ProbeHost, ProbeHost>> Changes() => new()
    {
        { "microcode", h => h with { Microcode = 8 } }, { "kernel", h => h with { Kernel = "6.2.0" } }, { "processor", h => h with { Signature = "another" } },
        { "cpuid", h => h with { CpuData = "<cpudata arch='x86'/>" } }, { "nesting", h => h with { Nesting = false } }, { "secure guests", h => h with { SecureGuest = true } },
    };

    [Theory, MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public async Task What_changed_on_the_host_since_makes_the_answers_old_where_kvm_runs_the_guests(string what, Func<ProbeHost, ProbeHost> change)
    {
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64, "not x86_64");
        await Binaries().GetAsync(Binary, Test);
        _host = change(_host);
        await Binaries().GetAsync(Binary, Test);
        Assert.True(_asked == 1, $"the translator does not depend on {what}");
        _kvm = true;
        await Binaries().GetAsync(Binary, Test);
        await Binaries().GetAsync(Binary, Test);
        Assert.Equal(2, _asked);
        _host = change(_host with { Kernel = "0", Microcode = 0, Nesting = !_host.Nesting, SecureGuest = false, CpuData = null, Signature = null });
        await Binaries().GetAsync(Binary, Test);
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task What_a_listing_needs_is_there_before_the_rest()
    {
        var rest = new TaskCompletionSource();
        var binaries = new QemuBinaries(_folder, async (binary, told, _) =>
        {
            told(new([new("early")], KvmUsable: true));
            await rest.Task;
            return Facts(binary);
        }, () => _kvm, () => _host);
        var outline = await binaries.OutlineAsync(Binary, Test);
        Assert.Equal("early", Assert.Single(outline!.Machines).Name);
        Assert.Null(binaries.Find(Binary));
        rest.SetResult();
        Assert.Equal("x86_64", (await binaries.GetAsync(Binary, Test)).Arch);
        Assert.Equal("pc-1", Assert.Single((await Binaries().OutlineAsync(Binary, Test))!.Machines).Name);
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task Another_name_of_an_emulator_has_its_facts()
    {
        string emulator = Path.Join(_folder, "qemu-system-one"), other = Path.Join(_folder, "qemu-system-two"), wrapped = Path.Join(_folder, "wrapped");
        await File.WriteAllTextAsync(emulator, "one", Test);
        File.CreateSymbolicLink(other, "qemu-system-one");
        File.CreateSymbolicLink(wrapped, "qemu");
        var binaries = Binaries();
        Assert.NotNull(await binaries.OutlineAsync(other, Test));
        Assert.Equal((other, emulator), ((await binaries.GetAsync(other, Test)).Emulator, (await binaries.GetAsync(emulator, Test)).Emulator));
        Assert.Equal(1, _asked);
        // A wrapper may look at the name that it is called by.
        Assert.Equal((wrapped, Binary), ((await binaries.GetAsync(wrapped, Test)).Emulator, (await binaries.GetAsync(Binary, Test)).Emulator));
        Assert.Equal(3, _asked);
        Assert.Equal(4, Directory.GetFiles(Path.Join(_folder, "capabilities")).Length);
    }

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        bool broken = true;
        var binaries = Binaries(b => broken ? throw new IOException("broken") : Facts(b));
        await Assert.ThrowsAsync<IOException>(() => binaries.GetAsync(Binary, Test).AsTask());
        broken = false;
        Assert.Equal("x86_64", (await binaries.GetAsync(Binary, Test)).Arch);
    }

    [Fact]
    public async Task A_binary_that_is_not_there_is_libvirts_error()
    {
        var error = await Assert.ThrowsAsync<VireoException>(() => Binaries().GetAsync("/nonexistent/qemu", Test).AsTask());
        Assert.Equal(ErrorCode.SystemError, error.Code);
        Assert.Equal("Cannot check QEMU binary /nonexistent/qemu: No such file or directory", error.Message);
    }
}
