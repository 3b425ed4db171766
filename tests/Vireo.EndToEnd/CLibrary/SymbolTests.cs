using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>What the four files export, need and are marked with.</summary>
public partial class SymbolTests
{
    public static TheoryData<string> Files => ["libvirt", "libvirt-qemu", "libvirt-lxc", "libvirt-admin"];

    [Theory, MemberData(nameof(Files))]
    public async Task Exports_every_function_in_its_version_node_and_nothing_else(string file)
    {
        string[] exported = await ExportsAsync(Path.Join(CLibraryFiles.Folder, file + ".so.0"));

        string[] own = [.. exported.Where(symbol => !symbol.EndsWith("@VIREO_PRIVATE_9.0.0", StringComparison.Ordinal))];
        Assert.Equal(Wanted(row => row[1] == file).Concat(file == "libvirt" ? ["OBJECT 8 virConnectAuthPtrDefault@LIBVIRT_0.4.0"] : []).Order(StringComparer.Ordinal), own);
        string[] forwarded = file == "libvirt" ? [.. Functions().Where(row => row[1] != file).Select(row => $"FUNC vireo_{row[4]}@VIREO_PRIVATE_9.0.0").Order(StringComparer.Ordinal)] : [];
        Assert.Equal(forwarded, exported.Except(own));
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Exports_what_Debians_file_does(string file)
    {
        string[] theirs = await ExportsAsync(Path.Join(CLibraryFiles.Stock, file + ".so.0"));
        string[] ours = await ExportsAsync(Path.Join(CLibraryFiles.Folder, file + ".so.0"));
        Assert.Equal(theirs.Where(symbol => !symbol.Contains("PRIVATE", StringComparison.Ordinal)), ours.Where(symbol => !symbol.Contains("PRIVATE", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Stays_loaded_has_no_static_TLS_and_needs_only_the_C_library(string file)
    {
        string path = Path.Join(CLibraryFiles.Folder, file + ".so.0");
        string dynamic = (await Command.RunAsync(Needs.Program("readelf"), ["-dW", path])).Output;
        Assert.Contains("NODELETE", dynamic, StringComparison.Ordinal);
        Assert.DoesNotContain("STATIC_TLS", dynamic, StringComparison.Ordinal);
        Assert.Contains($"soname: [{file}.so.0]", dynamic, StringComparison.Ordinal);
        string[] needed = [.. NeededPattern().Matches(dynamic).Select(match => match.Groups[1].Value)];
        Assert.Empty(needed.Except(file == "libvirt" ? ["libc.so.6", "ld-linux-x86-64.so.2"] : ["libvirt.so.0"]));
        string segments = (await Command.RunAsync(Needs.Program("readelf"), ["-lW", path])).Output;
        Assert.Matches("GNU_STACK .* RW ", segments);   // the stack stays without execute permission
    }

    static IEnumerable<string[]> Functions() =>
        File.ReadLines(CLibraryFiles.Data("functions.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|'));

    static IEnumerable<string> Wanted(Func<string[], bool> of) => Functions().Where(of).Select(row => $"FUNC {row[4]}@{row[0]}");

    // "12: 0000000000001020    10 FUNC    GLOBAL DEFAULT   10 virDomainLxcEnterSecurityLabel@@LIBVIRT_LXC_1.0.4"
    static async Task<string[]> ExportsAsync(string path)
    {
        CommandResult result = await Command.RunAsync(Needs.Program("readelf"), ["--dyn-syms", "-W", path]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return [.. SymbolPattern().Matches(result.Output).Where(m => m.Groups["at"].Value is not ("UND" or "ABS"))
            .Select(m => m.Groups["type"].Value is "OBJECT" ? $"OBJECT {m.Groups["size"].Value} {m.Groups["name"].Value}@{m.Groups["version"].Value}"
                                                            : $"{m.Groups["type"].Value} {m.Groups["name"].Value}@{m.Groups["version"].Value}")
            .Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^ *\d+: [0-9a-f]+ +(?<size>\d+) (?<type>\w+) +(?:GLOBAL|WEAK) +DEFAULT +(?<at>\w+) (?<name>\w+)(?:@@?(?<version>\S+))?", RegexOptions.Multiline)]
    private static partial Regex SymbolPattern();

    [GeneratedRegex(@"\(NEEDED\) +Shared library: \[(.*)\]")]
    private static partial Regex NeededPattern();
}
