namespace Vireo.Hypervisor.Machines;

/// <summary>What a name and a uuid are claimed for.</summary>
public enum ClaimFor
{
    /// <summary>A definition: new, or in the place of the one that is there.</summary>
    Define,
    /// <summary>A start from XML: refused if the machine runs.</summary>
    Start,
}

/// <summary>A machine whose name, uuid and job are held by one caller.</summary>
/// <typeparam name="TLive">What the driver keeps for a machine that runs.</typeparam>
public sealed class MachineClaim<TLive> : IAsyncDisposable where TLive : class
{
    readonly MachineList<TLive> list;

    internal MachineClaim(MachineList<TLive> list, MachineActor<TLive> machine, MachineJob<TLive> job)
    {
        this.list = list;
        Machine = machine;
        Job = job;
        IsNew = !machine.IsListed;
    }

    /// <summary>The machine.</summary>
    public MachineActor<TLive> Machine { get; }

    /// <summary>Its job.</summary>
    public MachineJob<TLive> Job { get; }

    /// <summary>Nobody sees it yet.</summary>
    public bool IsNew { get; }

    /// <summary>Lets everybody see it. A new machine that is never published goes away with the claim.</summary>
    public void Publish()
    {
        Machine.IsListed = true;
        list.Touch();
    }

    /// <summary>Ends the job, and takes away a machine that was not published.</summary>
    public async ValueTask DisposeAsync()
    {
        list.Unclaim(Machine);
        await Job.DisposeAsync().ConfigureAwait(false);
    }
}
