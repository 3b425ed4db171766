using Vireo.Host.Processes;
using Xunit;

namespace Vireo.Tests.Host;

public class SchedStatTests
{
    [Theory]
    [InlineData("130000000 17505399 42\n", "", 0, 17505399)]
    [InlineData("1 2 3", "se.sum_exec_runtime : 1.5\nse.statistics.wait_sum                       :             3.250001\n", 3250001, 2)]
    [InlineData("1 2 3", "wait_sum : 0.000007\n", 7, 2)]
    public void Waits_are_read_whatever_the_kernel_counts(string schedstat, string sched, ulong wait, ulong delay) =>
        Assert.Equal(new SchedStat(wait, delay), SchedStat.Parse(schedstat, sched));

    [Fact]
    public void A_file_of_something_else_is_no_answer() => Assert.Null(SchedStat.Parse("0", "wait_sum : 1"));
}
