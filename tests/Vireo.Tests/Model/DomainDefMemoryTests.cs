using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Model;

/// <summary>Tests that look at the whole process: they run when nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public class DomainDefMemoryTests
{
    [Fact]
    public async Task A_small_definition_is_small()
    {
        string small = "<domain type='kvm'><name>n</name><memory>1</memory><os><type>hvm</type></os><devices>"
            + "<disk type='file'><source file='/x'/><target dev='vda'/></disk><interface type='network'><source network='default'/></interface></devices></domain>";
        long each = await Retained.PerItemAsync(2000, count =>
        {
            var kept = new DomainDef[count];
            for (int i = 0; i < kept.Length; i++)
                kept[i] = DomainDef.Parse(small);
            return ValueTask.FromResult<object>(kept);
        });
        Assert.InRange(each, 100, 10 * 1024);
    }
}
