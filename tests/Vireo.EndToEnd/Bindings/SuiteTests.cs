using Vireo.EndToEnd.CLibrary;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Bindings;

/// <summary>
/// The suites that come with the bindings, on the bindings as Debian has them: they pass on our C library as they do on Debian's. Their sources come from Debian's
/// archive, or from the folder that VIREO_BINDING_SOURCES names, which has one folder for each.
/// </summary>
public sealed class SuiteTests(BothLibraries libraries, BindingSources sources) : IClassFixture<BothLibraries>, IClassFixture<BindingSources>
{
    /// <summary>A suite: the source package, what it needs besides, how it is built, and what shows that it ran.</summary>
    sealed record Suite(string Package, string Needed, string Shows, string? Build = null);

    static readonly Dictionary<string, Suite> all = new()
    {
        ["python"] = new("libvirt-python", "/usr/bin/python3 -c 'import libvirtaio'", "OK"),
        ["perl"] = new("libsys-virt-perl", "command -v prove && perl -MSys::Virt -MXML::XPath -MTest::More -e 1", "ok"),
        ["php"] = new("libvirt-php", "php -r 'exit(extension_loaded(\"libvirt\") ? 0 : 1);'", "has been completed successfully"),
        ["go"] = new("golang-github-libvirt-libvirt-go", "command -v go && pkg-config --exists libvirt", "--- PASS",
            "mkdir -p path/src/github.com/libvirt && ln -s TREE path/src/github.com/libvirt/libvirt-go && cd path/src/github.com/libvirt/libvirt-go && "
            + "GOPATH=$out/path GOCACHE=$out/cache GO111MODULE=off go test -vet=off -c -o $out/go.suite ."),
        ["dbus"] = new("libvirt-dbus", "command -v libvirt-dbus && command -v dbus-daemon && /usr/bin/python3 -c 'import dbus, gi, pytest'", "PASSED"),
        ["glib"] = new("libvirt-glib", "command -v clang && pkg-config --exists libvirt-glib-1.0 glib-2.0 libvirt", "ok 1",
            "touch config.h && clang -w -I. -ITREE TREE/tests/test-events.c -o glib.suite $(pkg-config --cflags --libs libvirt-glib-1.0 libvirt glib-2.0)"),
        ["ruby"] = new("ruby-libvirt", "ruby -e 'require \"libvirt\"' && command -v nsenter && command -v qemu-img", "Successfully finished"),
    };

    public static TheoryData<string> Names => [.. all.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task It_passes_as_on_Debians_library(string name)
    {
        _ = CLibraryFiles.Folder;
        Suite suite = all[name];
        await BothLibraries.NeedsAsync(suite.Needed);
        string tree = await sources.TreeAsync(name, suite.Package);
        if (suite.Build is { } build)
            await libraries.BuildAsync(build.Replace("TREE", tree, StringComparison.Ordinal));
        string line = $"bash $data/suite.sh {name} {tree}";
        if (name is "ruby")
        {
            // Of the QEMU driver at its own place.
            Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
            await using StockDaemon daemon = await StockDaemon.StartAsync("mkdir -p /var/lib/libvirt/images\n");
            line = $"exec nsenter -t {daemon.Pid} -m -n -i -- env LD_LIBRARY_PATH=$LD_LIBRARY_PATH {line}";
            await ComparedAsync(line, suite);
        }
        else
            await ComparedAsync(line, suite);
    }

    async Task ComparedAsync(string line, Suite suite)
    {
        CommandResult said = await libraries.SameAsync(line, Place.InProcess);
        Assert.Contains(suite.Shows, said.Output, StringComparison.Ordinal);
    }
}

/// <summary>Sources of Debian packages.</summary>
public sealed class BindingSources : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("sources").FullName;

    /// <summary>Where a package's source is unpacked; skips the test where it cannot be had.</summary>
    public async Task<string> TreeAsync(string name, string package)
    {
        if (Environment.GetEnvironmentVariable("VIREO_BINDING_SOURCES") is { Length: > 0 } given)
        {
            string there = Path.Join(given, name);
            Assert.SkipUnless(Directory.Exists(there), $"VIREO_BINDING_SOURCES has no {name}");
            return there;
        }
        Needs.Program("apt-get");
        CommandResult fetched = await BothLibraries.ShellAsync($"bash {BindingPrograms.Data}/source.sh {package} {folder}", new Dictionary<string, string?>());
        Assert.SkipWhen(fetched.ExitCode != 0, $"the source of {package} cannot be fetched: {fetched.Error.Trim()}");
        return fetched.Output.Trim();
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);
}
