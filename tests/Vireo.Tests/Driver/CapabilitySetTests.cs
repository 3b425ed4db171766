using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Driver;

public sealed class CapabilitySetTests
{
    interface IFirst;
    interface ISecond;
    interface IThird;

    sealed class Part : IFirst, ISecond, IThird;

    readonly Part own = new(), shared = new(), other = new();

    [Fact]
    public void What_a_client_has_itself_goes_before_what_all_have()
    {
        CapabilitySet set = CapabilitySet.Of<IFirst>(own).Over(CapabilitySet.Of<IFirst>(shared).And<ISecond>(shared));
        Assert.Same(own, set.Find<IFirst>());
        Assert.Same(shared, set.Find<ISecond>());
        Assert.Null(set.Find<IThird>());
        Assert.Equal([typeof(IFirst), typeof(ISecond)], set.Types);
    }

    [Fact]
    public void One_more_replaces_what_lies_beneath_and_leaves_the_shared_set_alone()
    {
        CapabilitySet beneath = CapabilitySet.Of<IFirst>(shared).And<ISecond>(shared);
        CapabilitySet set = CapabilitySet.Of<IThird>(own).Over(beneath).And<ISecond>(other);
        Assert.Same(other, set.Find<ISecond>());
        Assert.Same(shared, beneath.Find<ISecond>());
        Assert.Equal(3, set.Types.Count());
    }

    [Fact]
    public void A_set_over_two_others_asks_them_in_turn()
    {
        CapabilitySet set = CapabilitySet.Of<IFirst>(own).Over(CapabilitySet.Of<ISecond>(shared)).Over(CapabilitySet.Of<ISecond>(other).And<IThird>(other));
        Assert.Same(shared, set.Find<ISecond>());
        Assert.Same(other, set.Find<IThird>());
    }

    [Fact]
    public void Of_another_set_only_what_is_not_there_yet_is_added_whether_own_or_beneath()
    {
        CapabilitySet set = CapabilitySet.Of<IFirst>(own).Over(CapabilitySet.Of<ISecond>(shared))
            .AndAlso(CapabilitySet.Of<IFirst>(other).And<ISecond>(other).Over(CapabilitySet.Of<IThird>(other)));
        Assert.Same(own, set.Find<IFirst>());
        Assert.Same(shared, set.Find<ISecond>());
        Assert.Same(other, set.Find<IThird>());
    }
}
