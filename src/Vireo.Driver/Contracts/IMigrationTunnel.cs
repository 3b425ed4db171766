namespace Vireo.Driver.Contracts;

/// <summary>A machine's state on its way through the connection between two daemons.</summary>
public interface IMigrationTunnel
{
    /// <summary>Sends some of it; returns when there is room for more.</summary>
    /// <exception cref="Core.Errors.VireoException">The target takes no more.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancel);

    /// <summary>All was sent; returns when the target has it.</summary>
    /// <exception cref="Core.Errors.VireoException">The target has not.</exception>
    ValueTask FinishAsync(CancellationToken cancel);
}
