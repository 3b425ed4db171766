using Vireo.Core.Errors;
using Xunit;

namespace Vireo.Tests.Model;

/// <summary>What documents on one line are refused with.</summary>
static class Refused
{
    /// <summary>Code, domain and text are libvirt's, with the place behind.</summary>
    public static void Says(Action define, ErrorCode code, ErrorDomain domain, string text)
    {
        VireoException refused = Assert.Throws<VireoException>(define);
        Assert.Equal((code, domain), (refused.Code, refused.Domain));
        Assert.StartsWith(text + " (line 1, column ", refused.Message, StringComparison.Ordinal);
    }
}
