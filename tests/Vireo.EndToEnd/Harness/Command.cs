using System.Diagnostics;

namespace Vireo.EndToEnd.Harness;

/// <summary>What a program said and how it ended. 128+N: killed by signal N.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Both outputs, for messages.</summary>
    public override string ToString() => $"exit {ExitCode}\n{Output}{Error}";
}

/// <summary>Runs programs as a person would, with a time limit that ends what hangs.</summary>
public static class Command
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The program's path, or null where it is not installed.</summary>
    public static string? Find(string program)
    {
        if (Path.IsPathRooted(program))
            return File.Exists(program) ? program : null;
        string path = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Join(folder, program))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="TimeoutException">It did not end; it was killed.</exception>
    public static async Task<CommandResult> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? input = null)
    {
        using Process process = Start(program, arguments, environment);
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            string where = Whereabouts(process.Id);
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience}; its threads are in {where}");
        }
        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>What each thread of a process waits for in the kernel: the name and the number of its call.</summary>
    static string Whereabouts(int pid)
    {
        try
        {
            return string.Join("; ", Directory.GetDirectories($"/proc/{pid}/task").Select(static thread =>
                $"{File.ReadAllText($"{thread}/comm").Trim()}: {File.ReadAllText($"{thread}/wchan")} {File.ReadAllText($"{thread}/syscall").Trim()}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"(not known: {e.Message})";
        }
    }

    /// <summary>Starts it with all three streams redirected; the caller ends it.</summary>
    public static Process Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        return Process.Start(start) ?? throw new InvalidOperationException($"cannot start {program}");
    }
}
