using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>Our headers: every compiler takes them, and they declare what Debian's declare.</summary>
public class HeaderTests
{
    public static TheoryData<string, string, string> Compilers()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (string standard in new[] { "c89", "gnu89", "c99", "c11", "c17", "c2x", "gnu2x" })
        {
            rows.Add("clang", "c", standard);
            rows.Add("gcc", "c", standard);
        }
        foreach (string standard in new[] { "c++98", "c++11", "c++17", "c++20", "c++2b" })
        {
            rows.Add("clang", "c++", standard);
            rows.Add("g++", "c++", standard);
        }
        return rows;
    }

    [Theory, MemberData(nameof(Compilers))]
    public async Task Compile_without_a_warning(string compiler, string language, string standard)
    {
        foreach (string sentinels in new[] { "-UVIR_ENUM_SENTINELS", "-DVIR_ENUM_SENTINELS" })
        {
            CommandResult result = await Command.RunAsync(Needs.Program(compiler),
                ["-x", language, $"-std={standard}", sentinels, "-Wall", "-Wextra", "-Werror", $"-I{CLibraryFiles.Include}", "-fsyntax-only", CLibraryFiles.Data("headers.c")]);
            Assert.True(result.ExitCode == 0, $"{sentinels} {result}");
        }
    }

    [Theory, InlineData("clang"), InlineData("gcc")]
    public async Task Have_the_layouts_and_values_of_libvirt(string compiler)
    {
        CommandResult result = await Command.RunAsync(Needs.Program(compiler),
            ["-std=c11", "-DVIR_ENUM_SENTINELS", "-Wall", "-Werror", $"-I{CLibraryFiles.Include}", "-fsyntax-only", CLibraryFiles.Data("layouts.c")]);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public async Task Say_so_when_one_is_included_by_itself()
    {
        foreach (string header in Directory.GetFiles(Path.Join(CLibraryFiles.Include, "libvirt"), "libvirt-*.h"))
        {
            string name = Path.GetFileName(header);
            bool stands = name is "libvirt-qemu.h" or "libvirt-lxc.h" or "libvirt-admin.h";
            CommandResult result = await Command.RunAsync(Needs.Program("clang"), ["-x", "c", $"-I{CLibraryFiles.Include}", "-fsyntax-only", "-"], input: $"#include <libvirt/{name}>\n");
            Assert.Equal(stands, result.ExitCode == 0);
            Assert.True(stands || result.Error.Contains("include", StringComparison.Ordinal), result.ToString());
        }
    }

    [Fact]
    public async Task Declare_what_Debians_headers_declare()
    {
        Assert.SkipUnless(File.Exists("/usr/include/libvirt/libvirt.h"), "Debian's libvirt-dev is not installed");
        SortedDictionary<string, string> theirs = await Declarations.ReadAsync("/usr/include"), ours = await Declarations.ReadAsync(CLibraryFiles.Include);
        Assert.True(ours.Count > 2200, $"only {ours.Count} declarations were found");
        Assert.Equal(theirs.Select(d => $"{d.Key} {d.Value}"), ours.Select(d => $"{d.Key} {d.Value}"));
    }
}
