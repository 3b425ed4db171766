using System.Text;

namespace Vireo.Host.Processes;

/// <summary>Programs that are run for what they print.</summary>
public static class ProgramOutput
{
    /// <summary>The path of a program: where PATH says, and where administrators' programs are; null if there is none.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/sbin", "/usr/bin", "/bin"])
            .Select(folder => Path.Join(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>
    /// Runs a program that ends by itself, in the C locale. It writes into memory, so however much it prints nobody need read along.
    /// </summary>
    /// <returns>What it wrote to its standard output; null if it failed.</returns>
    public static async Task<string?> ReadAsync(
        this ProcessHost processes, string program, IReadOnlyList<string> arguments, CancellationToken cancel = default)
    {
        using var output = LibC.Handle(LibC.memfd_create("output", 1), "cannot create a memory file");
        using HostProcess process = await processes.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = arguments,
            Environment = [new("LC_ALL", "C"), new("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")],
            Descriptors = [new(output, 1)],
            DiesWithDaemon = true,
        }, cancel).ConfigureAwait(false);
        try
        {
            ExitStatus status = await process.Exited.WaitAsync(cancel).ConfigureAwait(false);
            if (!status.IsSuccess)
                return null;
        }
        catch (OperationCanceledException)
        {
            await process.EndAsync(TimeSpan.Zero, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        var bytes = new byte[RandomAccess.GetLength(output)];
        int length = RandomAccess.Read(output, bytes, 0);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
