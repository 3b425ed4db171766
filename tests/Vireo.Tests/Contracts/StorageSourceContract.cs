using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What whoever looks for storage on the host and elsewhere keeps.</summary>
[Holds(typeof(IStoragePoolSources))]
public abstract class StorageSourceContract(ISubject subject) : Contract(subject)
{
    IStoragePoolSources Offered => On<IStoragePoolSources>();

    [Fact]
    public void What_is_found_is_a_document_of_sources() =>
        Assert.StartsWith("<sources", Now(Offered.FindSourcesAsync("logical", null, 0, default)), StringComparison.Ordinal);

    [Fact]
    public void Shares_of_nobody_and_pools_of_no_kind_are_not_looked_for()
    {
        Refuses(ErrorCode.InvalidArg, () => Offered.FindSourcesAsync("netfs", null, 0, default));
        Refuses(ErrorCode.XmlDetail, () => Offered.FindSourcesAsync("netfs", "<source", 0, default));
        Refuses(ErrorCode.NoSupport, () => Offered.FindSourcesAsync("mpath", null, 0, default));
        Refuses(ErrorCode.InvalidArg, () => Offered.FindSourcesAsync("logical", null, 1, default));
    }
}

public sealed class TestDriverStorageSources() : StorageSourceContract(new TestDriverSubject());

public sealed class TestDriverStorageSourcesBehindAServer() : StorageSourceContract(new RemoteTestDriverSubject());
