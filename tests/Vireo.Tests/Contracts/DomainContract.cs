using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>A driver with domains that contracts are held against. A new one has a host on which nobody else works.</summary>
public interface IDomainSubject
{
    /// <summary>The driver.</summary>
    IDriver Driver { get; }

    /// <summary>What it is opened by.</summary>
    string Uri { get; }

    /// <summary>Whether it is asked through a server.</summary>
    bool IsRemote { get; }

    /// <summary>A definition of a small domain that this driver can start.</summary>
    string Definition(string name);
}

/// <summary>What whoever offers a capability of domains keeps.</summary>
/// <typeparam name="TSubject">The driver.</typeparam>
/// <typeparam name="TCapability">The capability.</typeparam>
public abstract class DomainContract<TSubject, TCapability> : Contract
    where TSubject : IDomainSubject, new()
    where TCapability : class
{
    protected DomainContract() : this(new TSubject()) { }

    DomainContract(TSubject subject) : base(subject.Driver, subject.Uri, subject.IsRemote) => Subject = subject;

    protected TSubject Subject { get; }

    protected TCapability Offered => On<TCapability>();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected async Task<DomainRef> DefinedAsync(string name = "contract") => await On<IDomainDefinition>().DefineAsync(Subject.Definition(name), Cancel);

    protected async Task<DomainRef> StartedAsync(string name = "contract") =>
        await On<IDomainPower>().CreateAsync(await DefinedAsync(name), DomainCreateFlags.None, Cancel);

    protected async Task<DomainState> StateAsync(DomainRef domain) => (await On<IDomainInfo>().GetStateAsync(domain, 0, Cancel)).State;

    protected static async Task RefusedAsync(ErrorCode code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<VireoException>(call)).Code);
}
