namespace Vireo.Drivers.Test.Host;

/// <summary>Every capability works on the host while nobody else does, and is done when it returns.</summary>
abstract class ReadsUnderGate(TestHost host)
{
    protected TestHost Host => host;

    /// <summary>Looks.</summary>
    protected ValueTask<T> Read<T>(Func<TestHost, T> read)
    {
        lock (host.Gate)
            return new(read(host));
    }

    /// <summary>Changes.</summary>
    protected ValueTask Change(Action<TestHost> change)
    {
        lock (host.Gate)
            change(host);
        return default;
    }
}
