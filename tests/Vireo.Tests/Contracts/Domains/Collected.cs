using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Tests.Contracts;

/// <summary>The client's end of a stream, which keeps all that comes.</summary>
public sealed class Collected : IStreamSink
{
    readonly List<byte> bytes = [];
    readonly TaskCompletionSource<byte[]> all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Send(ReadOnlySpan<byte> data)
    {
        bytes.AddRange(data);
        return true;
    }

    public void Resume() { }

    public void End() => all.TrySetResult(bytes.ToArray());

    public void Fail(VirError error) => all.TrySetException(new VireoException(error));

    /// <summary>Lets the stream flow, and gives what came when it ended.</summary>
    public async Task<byte[]> AllAsync(IStreamHandler handler, CancellationToken cancel)
    {
        handler.Ready();
        byte[] result = await all.Task.WaitAsync(TimeSpan.FromMinutes(1), cancel);
        handler.Finished();
        return result;
    }
}
