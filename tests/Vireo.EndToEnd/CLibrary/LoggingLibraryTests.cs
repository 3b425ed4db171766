using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>LIBVIRT_DEBUG, LIBVIRT_LOG_FILTERS and LIBVIRT_LOG_OUTPUTS in a program: what is said of them, and where lines go, as on Debian's library.</summary>
public sealed partial class LoggingLibraryTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("vlog").FullName;

    /// <summary>Each with blanks between variables; D, F and O stand for the three of them.</summary>
    static readonly string[] settings =
    [
        "", "D=nonsense", "D=", "D=error", "D=4", "D=0", "D=5", "D=warning", "D=warn", "D=WARNING", "D=nn,F=ff,O=oo", "F=ff,O=oo",
        "O=nonsense", "O=5:stderr", "O=1:nowhere", "O=1:stderr:x", "O=1:file", "O=1:file:/nowhere/x", "O=1:syslog", "O=1:syslog:x", "O=1:journald", "O=4:stderr",
        "O=4:stderr 1:nonsense", "O=:stderr", "O=1", "O= ", "O=0:stderr", "O=1:stderr:", "O=1:journald:x", "O=a:file:/x", "O=3:stderr 4:file:FOLDER/a", "O=3:file:FOLDER/b",
        "O=4:stderr 3:stderr", "O=3:stderr 4:stderr", "D=4,O=1:stderr",
        "F=nonsense", "F=5:x", "F=1:", "F=1:+", "F=3:a*b", "F=4:test", "F=0:x", "F=4:util.event", "F=4:event 3:event", "F=3:event 4:event", "F=4:ut?l.event", "F=4:util*nt", "F=4:+vent", "F=x:y",
    ];

    [Fact]
    public async Task Settings_are_read_and_refused_as_on_Debians_library()
    {
        string stock = CLibraryFiles.Stock, program = await CLibraryFiles.CompileAsync("logging.c");
        try
        {
            var different = new List<string>();
            foreach (string one in settings)
            {
                string theirs = await OnAsync(program, stock, one), ours = await OnAsync(program, CLibraryFiles.Folder, one);
                if (theirs != ours)
                    different.Add($"{one}\nstock:\n{theirs}\nours:\n{ours}");
            }
            Assert.Empty(different);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        }
    }

    [Fact]
    public async Task Calls_are_logged_for_who_asks()
    {
        string program = await CLibraryFiles.CompileAsync("logging.c");
        try
        {
            string said = await OnAsync(program, CLibraryFiles.Folder, "F=1:libvirt.domain");
            Assert.Contains("debug : called", said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        }
    }

    async Task<string> OnAsync(string program, string library, string variables)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
            File.Delete(file);
        var environment = new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = library, ["LIBVIRT_DEBUG"] = null, ["LIBVIRT_LOG_FILTERS"] = null, ["LIBVIRT_LOG_OUTPUTS"] = null };
        foreach (string pair in variables.Split(',', StringSplitOptions.RemoveEmptyEntries))
            environment[pair[0] switch { 'D' => "LIBVIRT_DEBUG", 'F' => "LIBVIRT_LOG_FILTERS", _ => "LIBVIRT_LOG_OUTPUTS" }] = pair[2..].Replace("FOLDER", folder, StringComparison.Ordinal);
        CommandResult result = await Command.RunAsync(program, [], environment);
        IEnumerable<string> files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {File.GetUnixFileMode(file)}\n{Same(File.ReadAllText(file))}");
        return $"{result.ExitCode}\n{result.Output}{Same(result.Error)}{string.Concat(files)}";
    }

    /// <summary>Without the time, the thread, the place in the source and the package.</summary>
    static string Same(string lines) => Package().Replace(Head().Replace(lines, "$1 : "), "package");

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+0000: \d+: (debug|info|warning|error) : (?:\w+:\d+ : )?", RegexOptions.Multiline)]
    private static partial Regex Head();

    [GeneratedRegex("package: .*")]
    private static partial Regex Package();

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
