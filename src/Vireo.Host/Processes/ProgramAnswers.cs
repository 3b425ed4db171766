using System.Collections.Concurrent;
using Vireo.Host.Files;

namespace Vireo.Host.Processes;

/// <summary>What programs say of themselves: each is asked once, and again when it is another file.</summary>
/// <param name="processes">Starts them.</param>
public sealed class ProgramAnswers(ProcessHost processes)
{
    readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    sealed record Known(FileTimes? Times, Lazy<Task<string?>> Answer);

    /// <summary>What a program answers to an option. Somebody who stops waiting does not stop the question.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="option">The option, such as --print-capabilities.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>What it wrote to its standard output; null if it failed, which is not remembered.</returns>
    public async ValueTask<string?> AskAsync(string program, string option, CancellationToken cancel)
    {
        FileTimes? times = FileTimes.Find(program, out _);
        Known known = _known.AddOrUpdate($"{program} {option}", Ask, (key, there) => there.Times == times && !Failed(there) ? there : Ask(key));
        return await known.Answer.Value.WaitAsync(cancel).ConfigureAwait(false);

        Known Ask(string key) => new(times, new(() => processes.ReadAsync(program, [option], CancellationToken.None)));
    }

    static bool Failed(Known known) => known.Answer is { IsValueCreated: true, Value: { IsCompleted: true } answer } && (!answer.IsCompletedSuccessfully || answer.Result is null);
}
