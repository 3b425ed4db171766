using System.Diagnostics;
using System.Text.Json;
using Vireo.Conformance.Runner;

namespace Vireo.Conformance.Virsh;

/// <summary>What a client said, and whether it did so without anybody to talk to.</summary>
readonly record struct VirshSaid(int ExitCode, string Output, string Error, bool NeedsNobody);

/// <summary>Runs a case's command line in a folder and an environment of its own.</summary>
static class VirshRun
{
    const string DefaultInFile = "uri_default in XDG_CONFIG_HOME/libvirt/libvirt.conf", MixOutputs = "exec \"$@\" 2>&1";

    const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    /// <param name="input">The case.</param>
    /// <param name="together">Both outputs come as one, in the order in which they were written.</param>
    /// <exception cref="CaseFault">A URI of the test driver was served by the client, not by the daemon.</exception>
    public static VirshSaid Once(CaseInput input, bool together)
    {
        string folder = Directory.CreateTempSubdirectory("virsh-").FullName;
        try
        {
            string socket = Path.Combine(folder, "sock");
            using FreshDaemon daemon = FreshDaemon.Start(folder);
            using var watch = new OpenWatch(socket, daemon.Connect);
            File.SetUnixFileMode(folder, Everybody);
            File.SetUnixFileMode(socket, Everybody);
            string[] arguments = [.. input.Words("argv").Select(word => Place(input, word, socket))];
            Dictionary<string, string?> environment = Environment(input, folder, socket);
            Directory.CreateDirectory(Path.Combine(folder, "work"));
            List<Process> writers = Files(input, Path.Combine(folder, "work"));
            string[] command = [.. Somebody(input), "virsh", .. arguments];
            ProcessStartInfo start = together ? new("sh", ["-c", MixOutputs, "sh", .. command]) : new(command[0], command[1..]);
            start.WorkingDirectory = Path.Combine(folder, "work");
            foreach ((string name, string? value) in environment)
                start.Environment[name] = value;
            string typed = TestUris.ToDaemon(input.Word("stdin") ?? "", socket);
            (int code, string output, string error) = Run(start, typed);
            writers.ForEach(End);
            if (watch.Opens is 0 && arguments.Concat(environment.Values).Append(typed).Any(text => text is not null && TestUris.IsOwn(text)))
                throw new CaseFault("the client may have served the URI itself: no connection was opened");
            return new VirshSaid(code, TestUris.FromDaemon(output, socket), TestUris.FromDaemon(error, socket), watch.Opens is 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Edits a text with sed, as some cases ask for.</summary>
    public static string Sed(string script, string text) => Run(new ProcessStartInfo("sed", [script]), text).Output;

    /// <summary>An ordinary user's settings are in the user's folder. Root's are the host's own, so root becomes somebody else where settings matter.</summary>
    static string[] Somebody(CaseInput input) =>
        System.Environment.UserName is "root" && input.Find("env") is { } given && given.TryGetProperty(DefaultInFile, out _)
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

    static string Place(CaseInput input, string word, string socket) =>
        TestUris.ToDaemon(word.Replace("@SUITE@", Path.GetFullPath(input.Folder), StringComparison.Ordinal), socket);

    static Dictionary<string, string?> Environment(CaseInput input, string folder, string socket)
    {
        string settings = Path.Combine(folder, "config");
        var environment = new Dictionary<string, string?>
        {
            ["LANG"] = "C", ["LC_ALL"] = "C", ["HOME"] = folder, ["XDG_CONFIG_HOME"] = settings, ["XDG_RUNTIME_DIR"] = folder, ["XDG_CACHE_HOME"] = folder,
            ["LIBVIRT_DEFAULT_URI"] = null, ["VIRSH_DEFAULT_CONNECT_URI"] = null, ["VIRSH_DEBUG"] = null, ["LIBVIRT_DEBUG"] = null,
        };
        foreach (JsonProperty one in input.Find("env")?.EnumerateObject().AsEnumerable() ?? [])
        {
            string? value = one.Value.GetString() is { } text ? Place(input, text, socket) : null;
            if (one.Name is not DefaultInFile)
                environment[one.Name] = value;
            else
            {
                Directory.CreateDirectory(Path.Combine(settings, "libvirt"));
                File.WriteAllText(Path.Combine(settings, "libvirt/libvirt.conf"), $"uri_default = \"{value}\"\n");
            }
        }
        return environment;
    }

    /// <summary>Makes a case's files; who writes to a pipe of them waits for its reader.</summary>
    static List<Process> Files(CaseInput input, string folder)
    {
        var writers = new List<Process>();
        foreach (JsonProperty file in input.Find("files")?.EnumerateObject().AsEnumerable() ?? [])
        {
            string path = Path.Combine(folder, file.Name);
            if (file.Value.ValueKind is JsonValueKind.String)
            {
                File.WriteAllText(path, file.Value.GetString());
                continue;
            }
            string content = Path.Combine(folder, $".{file.Name}.content");
            File.WriteAllText(content, file.Value.GetProperty("fifo_with").GetString());
            Run(new ProcessStartInfo("mkfifo", [path]), "");
            writers.Add(Process.Start(new ProcessStartInfo("sh", ["-c", "cat \"$1\" > \"$2\"", "sh", content, path]))!);
        }
        return writers;
    }

    static void End(Process writer)
    {
        if (!writer.HasExited)
            writer.Kill(entireProcessTree: true);
        writer.WaitForExit();
        writer.Dispose();
    }

    static (int Code, string Output, string Error) Run(ProcessStartInfo start, string typed)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"cannot start {start.FileName}");
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(typed);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading what was typed.
        }
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new CaseFault($"did not end within {patience}");
        }
        return (process.ExitCode, output.Result, error.Result);
    }
}
