using Vireo.Core.Xml;
using Vireo.Drivers.Qemu.Status;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Status;

public sealed class SourcePrivateDataTests
{
    const string Whole = "<privateData><nodenames><nodename type='storage' name='s'/><nodename type='format' name='f'/>"
        + "<nodename type='slice-storage' name='l'/></nodenames><reservations mgralias='pr'/><relPath>base</relPath><objects>"
        + "<secret type='auth' alias='a'/><secret type='encryption' alias='e'/><secret type='httpcookie' alias='c'/><secret type='tlskey' alias='k'/>"
        + "<TLSx509 alias='t'/></objects><thresholdEvent indexUsed='yes'/></privateData>";

    [Fact]
    public void What_is_remembered_of_an_image_comes_out_as_it_went_in()
    {
        SourcePrivateData data = SourcePrivateData.Of(XmlFragment.Parse(Whole));
        Assert.Equal("e", data.Secret(SourceSecretKind.Encryption));
        Assert.Equal(data, SourcePrivateData.Of(data.ToFragment()));
        Assert.Equal(Whole.Replace('\'', '"'), data.ToFragment()!.Text.Replace(" />", "/>", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_to_remember_is_not_written()
    {
        Assert.Null(new SourcePrivateData().ToFragment());
        Assert.Equal(new SourcePrivateData(), SourcePrivateData.Of(null));
    }

    [Fact]
    public void A_name_that_is_there_stays()
    {
        SourcePrivateData data = new SourcePrivateData().WithSecret(SourceSecretKind.Encryption, "e").WithSecret(SourceSecretKind.Auth, "a")
            .WithNode(SourceNodeKind.Format, "f").WithNode(SourceNodeKind.Storage, "s");
        Assert.Equal(data, data.WithSecret(SourceSecretKind.Auth, "other").WithNode(SourceNodeKind.Storage, "other"));
        Assert.Equal([SourceSecretKind.Auth, SourceSecretKind.Encryption], data.Secrets.Select(static s => s.Kind));
        Assert.Equal([SourceNodeKind.Storage, SourceNodeKind.Format], data.Nodes.Select(static n => n.Kind));
    }
}
