using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>A driver with domains that contracts are held against. A new one has a host on which nobody else works.</summary>
public interface IDomainSubject : ISubject
{
    /// <summary>A definition of a small domain that this driver can start: one vCPU of at most four, a disk "vda" of a file, a card <see cref="Card"/>.</summary>
    string Definition(string name);

    /// <summary>The address of the card.</summary>
    string Card => "52:54:00:00:00:01";
}

/// <summary>What whoever offers a capability of domains keeps.</summary>
/// <typeparam name="TSubject">The driver.</typeparam>
/// <typeparam name="TCapability">The capability.</typeparam>
public abstract class DomainContract<TSubject, TCapability> : Contract
    where TSubject : IDomainSubject, new()
    where TCapability : class
{
    protected DomainContract() : this(new TSubject()) { }

    DomainContract(TSubject subject) : base(subject) => Subject = subject;

    protected TSubject Subject { get; }

    protected TCapability Offered => On<TCapability>();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected async Task<DomainRef> DefinedAsync(string name = "contract") => await On<IDomainDefinition>().DefineAsync(Subject.Definition(name), Cancel);

    protected async Task<DomainRef> StartedAsync(string name = "contract") =>
        await On<IDomainPower>().CreateAsync(await DefinedAsync(name), DomainCreateFlags.None, Cancel);

    protected async Task<DomainState> StateAsync(DomainRef domain) => (await On<IDomainInfo>().GetStateAsync(domain, 0, Cancel)).State;

    protected Task<string> XmlAsync(DomainRef domain) => On<IDomainInfo>().GetXmlAsync(domain, DomainXmlFlags.None, Cancel).AsTask();

    /// <summary>Only what runs can do it; it goes on running.</summary>
    protected async Task OnlyRunningAsync(Func<DomainRef, Task> call)
    {
        DomainRef on = await StartedAsync("on"), off = await DefinedAsync("off");
        await call(on);
        Assert.Equal(DomainState.Running, await StateAsync(on));
        await RefusedAsync(ErrorCode.OperationInvalid, () => call(off));
    }

    protected static async Task RefusedAsync(ErrorCode code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<VireoException>(call)).Code);
}
