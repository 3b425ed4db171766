using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>The library as it is installed: what pkg-config says, and Debian packages that stand in for libvirt0 and libvirt-dev.</summary>
public class PackageTests
{
    const string Triplet = "usr/lib/x86_64-linux-gnu";

    /// <summary>The folder of the sources, with its scripts.</summary>
    static string Top
    {
        get
        {
            string? at = AppContext.BaseDirectory;
            while (at is not null && !File.Exists(Path.Join(at, "Vireo.slnx")))
                at = Path.GetDirectoryName(at);
            Assert.SkipWhen(at is null, "the sources are not there");
            Assert.SkipUnless(File.Exists(Path.Join(at, "artifacts", "lib", "libvirt.so.0")) && File.Exists(Path.Join(at, "artifacts", "bin", "vireo")), "./build has not been run");
            return at!;
        }
    }

    static async Task WithScratchAsync(Func<string, Task> body)
    {
        string scratch = Directory.CreateTempSubdirectory("vireo-package-").FullName;
        try
        {
            await body(scratch);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    static async Task<string> RunAsync(string program, string[] arguments, Dictionary<string, string?>? environment = null)
    {
        CommandResult result = await Command.RunAsync(program, arguments, environment);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result}");
        return result.Output;
    }

    [Fact]
    public Task A_program_is_built_with_what_pkg_config_says_and_needs_the_versions_it_should() => WithScratchAsync(async scratch =>
    {
        string config = Needs.Program("pkg-config");
        await RunAsync(Path.Join(Top, "packaging", "stage"), [Path.Join(scratch, "root")]);
        var environment = new Dictionary<string, string?> { ["PKG_CONFIG_PATH"] = Path.Join(scratch, "root", Triplet, "pkgconfig"), ["PKG_CONFIG_SYSROOT_DIR"] = Path.Join(scratch, "root") };
        string source = Path.Join(scratch, "versions.c"), program = Path.Join(scratch, "versions");
        await File.WriteAllTextAsync(source, """
            #include <stdio.h>
            #include <libvirt/libvirt.h>
            #include <libvirt/libvirt-lxc.h>
            int main(void)
            {
                unsigned long version = 0;
                virGetVersion(&version, NULL, NULL);
                printf("%lu %d %d %d\n", version, LIBVIR_CHECK_VERSION(9, 0, 0), LIBVIR_CHECK_VERSION(9, 1, 0), virConnectAuthPtrDefault->ncredtype);
                return virDomainLxcOpenNamespace(NULL, NULL, 0) == -1 && virDomainFDAssociate(NULL, NULL, 0, NULL, 0) == -1 ? 0 : 1;
            }
            """, TestContext.Current.CancellationToken);
        foreach (string linked in new[] { "-pie", "-no-pie" })
        {
            string[] options = (await RunAsync(config, ["--cflags", "--libs", "libvirt", "libvirt-lxc"], environment)).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            await RunAsync(Needs.Program("clang"), [linked, linked is "-pie" ? "-fPIE" : "-fno-pie", source, "-o", program, .. options]);
            Assert.Equal("9000000 1 0 6\n", await RunAsync(program, [], new() { ["LD_LIBRARY_PATH"] = Path.Join(scratch, "root", Triplet) }));
        }
        string needs = await RunAsync(Needs.Program("readelf"), ["-VW", program]);
        foreach (string version in new[] { "LIBVIRT_0.0.3", "LIBVIRT_0.4.0", "LIBVIRT_9.0.0", "LIBVIRT_LXC_1.0.2" })
            Assert.Contains($"Name: {version} ", needs, StringComparison.Ordinal);
    });

    [Fact]
    public Task Debian_packages_stand_in_for_libvirt0_and_libvirt_dev() => WithScratchAsync(async scratch =>
    {
        Needs.Program("dpkg-deb");
        await RunAsync(Path.Join(Top, "packaging", "debian", "build"), [scratch]);
        string[] packages = [.. Directory.GetFiles(scratch, "*.deb").Order(StringComparer.Ordinal)];
        Assert.Equal(["vireo-libvirt-dev", "vireo-libvirt0"], packages.Select(path => Path.GetFileName(path).Split('_')[0]));

        string root = Path.Join(scratch, "root"), database = Path.Join(root, "var/lib/dpkg");
        Directory.CreateDirectory(Path.Join(database, "info"));
        Directory.CreateDirectory(Path.Join(database, "updates"));
        await File.WriteAllTextAsync(Path.Join(database, "status"), "", TestContext.Current.CancellationToken);
        Needs.Root();
        await RunAsync(Needs.Program("dpkg"), [$"--root={root}", "--force-depends", "--force-script-chrootless", "-i", .. packages.Reverse()]);
        Assert.Equal("", await RunAsync("dpkg", [$"--root={root}", "-V"]));
        foreach (string name in new[] { "libvirt", "libvirt-qemu", "libvirt-lxc", "libvirt-admin" })
            Assert.Equal(Path.Join(root, Triplet, $"{name}.so.0.9000.0"), new FileInfo(Path.Join(root, Triplet, $"{name}.so")).ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        Assert.Equal(18, Directory.GetFiles(Path.Join(root, "usr/include/libvirt")).Length);
        Assert.Equal(4, Directory.GetFiles(Path.Join(root, "usr/share/libvirt/api")).Length);
        Assert.True(File.Exists(Path.Join(root, "usr/share/libvirt/schemas/domain.rng")));
    });

    [Fact]
    public Task Apt_keeps_what_uses_the_library_and_drops_what_needs_Debians_own() => WithScratchAsync(async scratch =>
    {
        Needs.Program("dpkg-deb");
        foreach (string needed in new[] { "libvirt0", "python3-libvirt", "libvirt-daemon" })
            Assert.SkipUnless((await Command.RunAsync("dpkg-query", ["-W", "-f", "${db:Status-Status}", needed])).Output == "installed", $"{needed} is not installed");
        await RunAsync(Path.Join(Top, "packaging", "debian", "build"), [scratch]);
        string plan = await RunAsync(Needs.Program("apt-get"), ["-s", "-y", "install", .. Directory.GetFiles(scratch, "*.deb")]);
        Assert.Contains("Inst vireo-libvirt0 ", plan, StringComparison.Ordinal);
        Assert.Contains("Remv libvirt0 ", plan, StringComparison.Ordinal);
        Assert.Contains("Remv libvirt-daemon ", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Remv python3-libvirt ", plan, StringComparison.Ordinal);
    });
}
