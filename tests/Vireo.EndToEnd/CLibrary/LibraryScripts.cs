using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>Runs scripts in Python on Debian's C library and on ours, in a folder of its own: both must say the same.</summary>
sealed class LibraryScripts : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("pylib").FullName;

    /// <summary>Runs calls on both libraries; <paramref name="except"/> begins the line of one that is left out.</summary>
    internal async Task SameCallsAsync(string topic, string uri, string? except = null)
    {
        await Needs.PythonModuleAsync("libvirt");
        string script = await WriteAsync("calls.py", TestDomainCalls.Script), lines = await WriteAsync("lines", Without(TestDomainCalls.All[topic], except));
        string stock = await OnAsync(CLibraryFiles.Stock, "stock"), ours = await OnAsync(CLibraryFiles.Folder, "ours");
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string library, string name)
        {
            string own = Directory.CreateDirectory(Path.Join(folder, name)).FullName;
            CommandResult said = await RunAsync(library, script, uri, lines, own);
            return TestDomainCalls.Normal($"{said.Output}exit {said.ExitCode}").Replace(own, "P", StringComparison.Ordinal);
        }
    }

    /// <summary>Runs a program on both libraries.</summary>
    internal async Task SameAsync(string program, params string[] arguments)
    {
        await Needs.PythonModuleAsync("libvirt");
        string script = await WriteAsync("program.py", program);
        CommandResult stock = await RunAsync(CLibraryFiles.Stock, [script, .. arguments]), ours = await RunAsync(CLibraryFiles.Folder, [script, .. arguments]);
        Assert.Equal(stock.ToString(), ours.ToString());
        Assert.Equal(0, stock.ExitCode);
    }

    /// <summary>Runs python on a library.</summary>
    internal static Task<CommandResult> RunAsync(string library, params string[] arguments) => Command.RunAsync(Needs.Program("/usr/bin/python3"), arguments,
        new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = library, ["LIBVIRT_LOG_OUTPUTS"] = "4:file:/dev/null" });

    static string Without(string lines, string? except) =>
        except is null ? lines : string.Join('\n', lines.Split('\n').Where(line => !line.StartsWith(except, StringComparison.Ordinal)));

    internal async Task<string> WriteAsync(string name, string text)
    {
        string path = Path.Join(folder, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
