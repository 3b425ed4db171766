using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>What loading the library does not do to the program that loads it.</summary>
public class HostSafetyTests
{
    /// <summary>Each is a part of host-safety.c: signals, threads, forks, limits, environment.</summary>
    [Theory]
    [InlineData("signals"), InlineData("own-signals"), InlineData("own-handler"), InlineData("broken-pipe"), InlineData("reopen"), InlineData("threads"), InlineData("small-stacks")]
    [InlineData("fork"), InlineData("fork-exec"), InlineData("limited"), InlineData("environment"), InlineData("descriptors")]
    public async Task The_host_stays_as_it_was(string part)
    {
        string program = await CLibraryFiles.CompileAsync("host-safety.c");
        try
        {
            CommandResult result = await Command.RunAsync(program, [Path.Join(CLibraryFiles.Folder, "libvirt.so.0"), part], new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = CLibraryFiles.Folder });
            Assert.True(result.ExitCode == 0 && result.Output.EndsWith("well\n", StringComparison.Ordinal), result.ToString());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        }
    }

    [Fact]
    public async Task Nothing_that_is_called_with_NULL_or_with_no_handle_ends_the_host()
    {
        string program = await CLibraryFiles.CompileAsync("null-calls.c");
        try
        {
            CommandResult result = await Command.RunAsync(program, [CLibraryFiles.Data("functions.txt"), CLibraryFiles.Folder], new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = CLibraryFiles.Folder });
            Assert.True(result.ExitCode == 0, result.ToString());
            Assert.Equal("called 557\n", result.Output);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        }
    }

    [Fact]
    public async Task Valgrind_finds_no_wrong_access_and_nothing_lost()
    {
        string valgrind = Needs.Program("valgrind"), program = await CLibraryFiles.CompileAsync("typed-params.c");
        try
        {
            CommandResult result = await Command.RunAsync(valgrind, ["--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=definite", "-q", program],
                new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = CLibraryFiles.Folder });
            Assert.True(result.ExitCode == 0, result.Error);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        }
    }
}
