using System.Collections.Frozen;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Probe;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Probe;

public sealed class QemuBinariesTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("vireo-probe-").FullName;
    int _asked;
    bool _kvm;

    static CancellationToken Test => TestContext.Current.CancellationToken;

    string Binary => Path.Join(_folder, "qemu");

    public QemuBinariesTests() => File.WriteAllText(Binary, "one");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    QemuBinaries Binaries(Func<string, QemuFacts>? answer = null) => new(_folder, (binary, _) =>
    {
        Interlocked.Increment(ref _asked);
        return Task.FromResult((answer ?? Facts)(binary));
    }, () => _kvm);

    static QemuFacts Facts(string binary) => new()
    {
        Emulator = binary,
        Arch = "x86_64",
        Version = 7002000,
        Package = "a <package>",
        Flags = new[] { "tcg", "vnc" }.ToFrozenSet(),
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
