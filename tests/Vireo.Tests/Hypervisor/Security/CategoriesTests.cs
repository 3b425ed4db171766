using Vireo.Core.Errors;
using Vireo.Hypervisor.Security;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security;

public sealed class CategoriesTests
{
    [Theory]
    [InlineData(null, "s0", 0, 1023)]
    [InlineData("s0", "s0", 0, 1023)]
    [InlineData("s0-s15", "s0", 0, 1023)]
    [InlineData("s0-s0:c0.c1023", "s0", 0, 1023)]
    [InlineData("s2-s4:c10.c30", "s2", 10, 30)]
    [InlineData("s0:c0.c9-s0:c0.c1023", "s0", 0, 9)]
    public void A_daemons_range_says_what_its_guests_may_have(string? range, string sensitivity, int first, int last) =>
        Assert.Equal(new CategoryRange(sensitivity, first, last), CategoryRange.Parse(range));

    [Theory]
    [InlineData("s0-s0:c10", "No category range available")]
    [InlineData("s0-s0:c1,c5", "Cannot parse category in c1,c5")]
    [InlineData("s0-s0:x5", "Cannot parse category in x5")]
    [InlineData("s0-s0:c", "Cannot parse category in c")]
    [InlineData("s0-s0:c0.", "Cannot parse category in c0.")]
    [InlineData("s0-s0:c0.c99999999999", "Cannot parse category in c0.c99999999999")]
    [InlineData("s0-s0:c10.c12", "Category range c10-c12 too small")]
    [InlineData("s0-s0:c10.c5", "Category range c10-c5 too small")]
    public void A_range_that_leaves_no_room_for_guests_is_refused(string range, string detail)
    {
        var error = Assert.Throws<VireoException>(() => CategoryRange.Parse(range));
        Assert.Equal(ErrorCode.InternalError, error.Code);
        Assert.Equal($"internal error: {detail}", error.Message);
    }

    [Fact]
    public void Guests_that_start_at_once_get_every_pair_and_none_twice()
    {
        var categories = new Categories();
        var range = new CategoryRange("s0", 3, 12);
        var found = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 45, _ => found.Add(categories.Take(range)));
        IEnumerable<string> all = from one in Enumerable.Range(3, 10) from other in Enumerable.Range(one + 1, 12 - one) select $"s0:c{one},c{other}";
        Assert.Equal(all.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void When_all_are_in_use_the_next_guest_is_refused_until_one_ends()
    {
        var categories = new Categories();
        var range = new CategoryRange("s0", 0, 7);
        string[] all = [.. Enumerable.Range(0, 28).Select(_ => categories.Take(range))];
        Assert.Equal(ErrorCode.ResourceBusy, Assert.Throws<VireoException>(() => categories.Take(range)).Code);
        categories.Release(all[5]);
        Assert.Equal(all[5], categories.Take(range));
    }
}
