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
    public async Task What_is_found_is_a_document_of_sources() =>
        Assert.StartsWith("<sources", await Offered.FindSourcesAsync("logical", null, 0, default), StringComparison.Ordinal);

    [Fact]
    public async Task Shares_of_nobody_and_pools_of_no_kind_are_not_looked_for()
    {
        await RefusedAsync(ErrorCode.InvalidArg, () => Offered.FindSourcesAsync("netfs", null, 0, default));
        await RefusedAsync(ErrorCode.XmlDetail, () => Offered.FindSourcesAsync("netfs", "<source", 0, default));
        await RefusedAsync(ErrorCode.NoSupport, () => Offered.FindSourcesAsync("fs", null, 0, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Offered.FindSourcesAsync("logical", null, 1, default));
    }
}

public sealed class TestDriverStorageSources() : StorageSourceContract(new TestDriverSubject());

public sealed class TestDriverStorageSourcesBehindAServer() : StorageSourceContract(new RemoteTestDriverSubject());
