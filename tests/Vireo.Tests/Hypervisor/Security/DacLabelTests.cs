using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Hypervisor.Security;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security;

public class DacLabelTests
{
    [Theory]
    [InlineData("+1000:+100", 1000u, 100u)]
    [InlineData("1000:100", 1000u, 100u)]
    [InlineData("root:root", 0u, 0u)]
    [InlineData("root:+7", 0u, 7u)]
    public void Names_and_numbers_name_somebody(string label, uint user, uint group) => Assert.Equal(new Ids(user, group), DacLabel.Resolve(label));

    [Theory]
    [InlineData("nosuchuser:root", "Failed to parse user 'nosuchuser'")]
    [InlineData("root:nosuchgroup", "Failed to parse group 'nosuchgroup'")]
    [InlineData("root", "Failed to parse uid and gid from label 'root'")]
    [InlineData("1:2:3", "Failed to parse uid and gid from label '1:2:3'")]
    [InlineData("+root:0", "Failed to parse user '+root'")]
    public void What_names_nobody_is_refused(string label, string told)
    {
        var error = Assert.Throws<VireoException>(() => DacLabel.Resolve(label));
        Assert.Equal(ErrorCode.InvalidArg, error.Code);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_numbers_are_read_back() => Assert.Null(DacLabel.Parse("root:root"));
}
