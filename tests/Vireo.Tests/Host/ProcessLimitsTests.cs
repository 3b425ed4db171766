using Vireo.Host.Processes;
using Xunit;

namespace Vireo.Tests.Host;

/// <summary>Limits of processes, as the kernel tells them.</summary>
public sealed class ProcessLimitsTests
{
    [Theory]
    [InlineData("Max locked memory         8388608              16777216             bytes     ", 8388608UL)]
    [InlineData("Max locked memory         unlimited            unlimited            bytes     ", ResourceLimit.Unlimited)]
    [InlineData("Max locked memory", null)]
    [InlineData("Max file locks            unlimited            unlimited            locks     ", null)]
    public void Locked_memory_is_what_counts_now(string line, ulong? bytes) =>
        Assert.Equal(bytes, ProcessLimits.LockedMemoryIn(["Limit                     Soft Limit           Hard Limit           Units     ", line]));

    [Fact]
    public void A_process_has_a_limit_and_one_that_is_gone_has_none()
    {
        Assert.NotNull(ProcessLimits.LockedMemoryOf(Environment.ProcessId));
        Assert.Null(ProcessLimits.LockedMemoryOf(int.MaxValue));
    }
}
