using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>
/// A program on the library whose daemon hangs up, stalls, answers in pieces, halves and nonsense in every phase of a call, refuses, and sends what nobody asked for; which
/// closes connections in their own callbacks, and frees twice. Nothing hangs or crashes, and no descriptors are kept. At length by <c>./test --long</c>.
/// </summary>
public class FaultTests
{
    static string Rounds => Environment.GetEnvironmentVariable("VIREO_FUZZ_LONG") is "1" ? "100000" : "2000";

    [Fact]
    public Task No_fault_of_a_daemon_stops_the_program_or_costs_it_descriptors() => RunAsync(static (program, socket) => [program, socket, Rounds]);

    [Fact]
    public Task No_fault_of_a_daemon_makes_a_wrong_access_or_loses_memory()
    {
        string valgrind = Needs.Program("valgrind");
        return RunAsync((program, socket) => [valgrind, "--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=definite", "-q", program, socket, "250", "once"]);
    }

    static async Task RunAsync(Func<string, string, string[]> command)
    {
        string program = await CLibraryFiles.CompileAsync("faults.c", "-gdwarf-4"), folder = Path.GetDirectoryName(program)!;
        try
        {
            string[] all = command(program, Path.Join(folder, "sock"));
            CommandResult result = await Command.RunAsync(all[0], all[1..], new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = CLibraryFiles.Folder });
            Assert.True(result is { ExitCode: 0, Output: "well\n" }, result.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
