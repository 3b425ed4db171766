using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Domain.Devices;

public sealed partial record DiskEncryption
{
    static void DescribeXml(ShapeBuilder s) => s.Once("secret").Inside("secret", static secret => secret.Form("@type", Forms.Words("passphrase")).Required("@type"))
        .Either(["secret!", "cipher!", "ivgen!"], ["secret!"], []);
}

public sealed partial record SecretRef
{
    static void DescribeXml(ShapeBuilder s) => s.Either(["@uuid!"], ["@usage!"]);
}
