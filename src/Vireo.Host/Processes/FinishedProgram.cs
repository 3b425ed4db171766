using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Host.Processes;

/// <summary>A program that ended, and what it said.</summary>
/// <param name="Plan">How it was started.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Output">What it wrote to its standard output.</param>
/// <param name="Error">What it complained of.</param>
public sealed record FinishedProgram(ProcessPlan Plan, ExitStatus Status, string Output, string Error)
{
    static readonly System.Buffers.SearchValues<char> special = System.Buffers.SearchValues.Create("\r\t\n !\"#$&'()*;<>?[\\]^`{|}~");

    /// <summary>Throws if it failed.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.InternalError"/>, with the program's own words.</exception>
    public FinishedProgram Checked() => Status.IsSuccess ? this : throw Failure();

    /// <summary>That it failed, with its own words, as libvirt reports programs.</summary>
    public VireoException Failure(ErrorDomain domain = ErrorDomain.None)
    {
        IEnumerable<string> words = Plan.Environment.Where(static one => one.Key is not ("LC_ALL" or "PATH")).Select(static one => $"{one.Key}={one.Value}")
            .Append(Plan.ShownName ?? Plan.Program).Concat(Plan.Arguments.Select(Quoted));
        return VireoException.Internal(domain, Ended(words));
    }

    /// <summary>How it ended, and what it complained of, in libvirt's sentence.</summary>
    /// <param name="words">What is shown of its environment and command line.</param>
    public string Ended(IEnumerable<string> words)
    {
        string how = Status.Signal is { } signal ? $"fatal signal {signal}" : $"exit status {Status.Code}";
        return $"Child process ({string.Join(' ', words)}) unexpected {how}{(Error.Length > 0 ? ": " + Error : "")}";
    }

    /// <summary>As a shell takes it for one word.</summary>
    static string Quoted(string word) => word.Length > 0 && word.AsSpan().IndexOfAny(special) < 0 ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>Programs that are run to their end.</summary>
public static class FinishedPrograms
{
    /// <summary>
    /// Runs a program until it, or the part of it that was started, ends. It reads and writes memory, so nobody need read along; what it leaves behind in
    /// the background goes on.
    /// </summary>
    /// <param name="processes">Starts it.</param>
    /// <param name="plan">The program; its descriptors 0 to 2 are set here.</param>
    /// <param name="input">What it reads; null: nothing.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<FinishedProgram> FinishAsync(
        this ProcessHost processes, ProcessPlan plan, string? input = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(processes);
        ArgumentNullException.ThrowIfNull(plan);
        using SafeFileHandle reads = Memory(), output = Memory(), error = Memory();
        if (input is not null)
            RandomAccess.Write(reads, Encoding.UTF8.GetBytes(input), 0);
        using HostProcess process = await processes.StartAsync(
            plan with { Descriptors = [new(reads, 0), new(output, 1), new(error, 2), .. plan.Descriptors] }, cancel).ConfigureAwait(false);
        try
        {
            ExitStatus status = await process.Exited.WaitAsync(cancel).ConfigureAwait(false);
            return new FinishedProgram(plan, status, Text(output), Text(error));
        }
        catch (OperationCanceledException)
        {
            await process.EndAsync(TimeSpan.Zero, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A file in memory that a program can write what it says to.</summary>
    public static SafeFileHandle Memory() => LibC.Handle(LibC.memfd_create("program", 1), "cannot create a memory file");

    /// <summary>What is in such a file.</summary>
    public static string Text(SafeFileHandle memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var bytes = new byte[RandomAccess.GetLength(memory)];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(memory, bytes, 0));
    }
}
