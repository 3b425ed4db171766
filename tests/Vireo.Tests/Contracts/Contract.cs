using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>A driver that contracts are held against. A new one has a host on which nobody else works.</summary>
public interface ISubject : IAsyncDisposable
{
    /// <summary>Opens a connection to it; asked once.</summary>
    ValueTask<IDriverConnection> OpenAsync();

    /// <summary>Delivers what was told before the last answer.</summary>
    void Hear();
}

/// <summary>Says which capabilities a class of tests holds a driver to.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HoldsAttribute(params Type[] capabilities) : Attribute
{
    /// <summary>The capabilities.</summary>
    public IReadOnlyList<Type> Capabilities => capabilities;
}

/// <summary>
/// What whoever offers a capability keeps, whichever driver it is. A class that derives from a contract names a driver; its tests run against the driver
/// itself, or against the driver behind a server and a socket, where the same must hold.
/// </summary>
public abstract class Contract(ISubject subject) : IAsyncLifetime
{
    IDriverConnection connection = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => connection = await subject.OpenAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        await subject.DisposeAsync();
        Cleanup();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the test left elsewhere.</summary>
    protected virtual void Cleanup() { }

    /// <summary>A capability of the connection.</summary>
    protected T On<T>() where T : class => Find<T>() ?? throw new InvalidOperationException($"{typeof(T).Name} is not offered");

    /// <summary>A capability of the connection, or null.</summary>
    protected T? Find<T>() where T : class => connection.Capabilities.Find<T>();

    /// <summary>Hears what was told before the last answer.</summary>
    protected void Hear() => subject.Hear();

    /// <summary>The answer of a call that is done when it returns, as a C function needs it.</summary>
    protected static T Now<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompleted, "the call did not complete synchronously");
        return call.GetAwaiter().GetResult();
    }

    /// <summary>A call without an answer.</summary>
    protected static void Now(ValueTask call)
    {
        Assert.True(call.IsCompleted, "the call did not complete synchronously");
        call.GetAwaiter().GetResult();
    }

    /// <summary>The call fails with this code.</summary>
    protected static void Refuses<T>(ErrorCode code, Func<ValueTask<T>> call) => Assert.Equal(code, Assert.Throws<VireoException>(() => Now(call())).Code);

    /// <summary>The call fails with this code.</summary>
    protected static void Refuses(ErrorCode code, Func<ValueTask> call) => Assert.Equal(code, Assert.Throws<VireoException>(() => Now(call())).Code);

    /// <summary>The call fails with this code, now or later.</summary>
    protected static async Task RefusedAsync<T>(ErrorCode code, Func<ValueTask<T>> call) => Assert.Equal(code, (await Assert.ThrowsAsync<VireoException>(async () => await call())).Code);

    /// <summary>The call fails with this code, now or later.</summary>
    protected static async Task RefusedAsync(ErrorCode code, Func<ValueTask> call) => Assert.Equal(code, (await Assert.ThrowsAsync<VireoException>(async () => await call())).Code);
}
