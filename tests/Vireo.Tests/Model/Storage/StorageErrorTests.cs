using Vireo.Core.Errors;
using Vireo.Model.Storage;
using Xunit;

namespace Vireo.Tests.Model.Storage;

/// <summary>Codes, domains and texts as libvirt 9.0.0's test driver gives them for the same documents, with the place behind.</summary>
public class StorageErrorTests
{
    [Theory]
    [InlineData("<pool type='iscsi'><name>n</name><source><host name='h'/><device path='x'/><auth type='zz' username='u'><secret uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87'/></auth></source><target><path>/x</path></target></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown auth type 'zz'")]
    [InlineData("<pool type='fs'><name>n</name><source><device path='/d'/><format type='zz'/></source><target><path>/x</path></target></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown pool format type zz")]
    [InlineData("<pool type='dir'><name>n</name><source></source><target><path>/x</path><permissions><group>x</group></permissions></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed group element")]
    [InlineData("<pool type='dir'><name>n</name><source></source><target><path>/x</path><permissions><mode>99</mode></permissions></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed octal mode")]
    [InlineData("<pool type='dir'><name>n</name><source></source><target><path>/x</path><permissions><owner>x</owner></permissions></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed owner element")]
    [InlineData("<pool type='netfs'><name>n</name><source><dir path='/x'/><host name='a' port='xx'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'port' in element 'host': 'xx'. Expected integer value")]
    [InlineData("<pool type='xx'><name>n</name><source></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'type' in element 'pool': 'xx'.")]
    [InlineData("<pool type='dir'><name>n</name><uuid>zz</uuid><source></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed uuid element")]
    [InlineData("<pool type='dir'><name>n</name><source></source><target><path>/x</path><permissions><mode>010000</mode></permissions></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed octal mode")]
    [InlineData("<pool type='dir'><name>n</name><features><cow state='x'/></features><source></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'state' in element 'cow': 'x'.")]
    [InlineData("<pool type='logical'><name>n</name><features><cow state='yes'/></features><source></source><target><path>/x</path></target></pool>",
        ErrorCode.NoSupport, ErrorDomain.Storage, "this function is not supported by the connection driver: cow feature may only be used for 'fs' and 'dir' pools")]
    [InlineData("<pool type='disk'><name>n</name><source><device path='/dev/a'/><format type='x'/></source><target><path>/x</path></target></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown pool format type x")]
    [InlineData("<pool type='dir'><name></name><source></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing pool source name element")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='fc_host' managed='x' wwnn='20000000c9831b4b' wwpn='20000000c9831b4b'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'managed' in element 'adapter': 'x'.")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='fc_host' wwnn='2' wwpn='20000000c9831b4b'/></source><target><path>/x</path></target></pool>",
        ErrorCode.InternalError, ErrorDomain.None, "internal error: Malformed wwn: 2")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='fc_host'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: 'wwnn' and 'wwpn' must be specified for adapter type 'fchost'")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='fc_host' wwnn='20000000c9831b4b'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: 'wwnn' and 'wwpn' must be specified for adapter type 'fchost'")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='fc_host' parent_wwnn='20000000c9831b4b' wwnn='20000000c9831b4b' wwpn='20000000c9831b4b'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: when providing parent_wwnn='20000000c9831b4b', the parent_wwpn must also be provided")]
    [InlineData("<pool type='gluster'><name>n</name><source><name>x</name></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source host name")]
    [InlineData("<pool type='netfs'><name>n</name><source><dir path='/x'/><host/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool host name")]
    [InlineData("<pool type='iscsi-direct'><name>n</name><source><host name='a' port='3'/><device path='iqn'/></source></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: missing initiator IQN")]
    [InlineData("<pool type='iscsi-direct'><name>n</name><source><host name='a' port='3'/><device path='iqn'/><initiator/></source></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: missing initiator IQN")]
    [InlineData("<pool type='iscsi-direct'><name>n</name><source><host name='a' port='3'/><device path='iqn'/><initiator><iqn/></initiator></source></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: missing initiator IQN")]
    [InlineData("<pool type='iscsi'><name>n</name><source><device path='/x'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source host name")]
    [InlineData("<pool type='logical'><name>n</name><source><name>vg</name><format type='zzz'/></source></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown pool format type zzz")]
    [InlineData("<pool type='mpath'><name>n</name><source></source></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool target path")]
    [InlineData("<pool type='dir'><name>n</name><source></source><target><path>/x</path><permissions><owner>-2</owner></permissions></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed owner element")]
    [InlineData("<pool type='netfs'><name>n</name><source><host name='a'/><dir path='/a'/><format type='zz'/></source><target><path>/x</path></target></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown pool format type zz")]
    [InlineData("<pool type='iscsi'><name>n</name><source><host name='h'/><device path='x'/><auth type='chap' username='u'></auth></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: Missing <secret> element in auth")]
    [InlineData("<pool type='iscsi'><name>n</name><source><host name='h'/><device path='x'/><auth username='u'><secret uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87'/></auth></source><target><path>/x</path></target></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: storage pool missing auth type")]
    [InlineData("<pool type='iscsi'><name>n</name><source><host name='h'/><device path='x'/><auth type='chap'><secret uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87'/></auth></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing username for auth")]
    [InlineData("<pool type='fs'><name>n</name><source></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source device name")]
    [InlineData("<pool type='fs'><name>n</name><source><device/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source device path")]
    [InlineData("<pool type='netfs'><name>n</name><source><host name='a'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source path")]
    [InlineData("<pool type='netfs'><name>n</name><source><dir path='/x'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source host name")]
    [InlineData("<pool type='dir'><source></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing pool source name element")]
    [InlineData("<pool type='fs'><name>a</name><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source device name")]
    [InlineData("<pool type='dir'><name>n</name><source></source></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool target path")]
    [InlineData("<pool type='dir'><name>n</name><source></source><target/></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool target path")]
    [InlineData("<pool><name>n</name><source></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Missing required attribute 'type' in element 'pool'")]
    [InlineData("<pool type='disk'><name>n</name><source><device path='/dev/a' part_separator='maybe'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'part_separator' in element 'device': 'maybe'.")]
    [InlineData("<pool type='netfs'><name>n</name><source><host name='a'/><dir path='/x'/><protocol ver='4.1'/><format type='cifs'/></source><target><path>/x</path></target></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: storage pool protocol ver unsupported for pool type 'cifs'")]
    [InlineData("<pool type='rbd'><name>n</name><source><name>x</name></source></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source host name")]
    [InlineData("<pool type='rbd'><name>n</name><source><host name='a'/></source></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: element 'name' is mandatory for RBD pool")]
    [InlineData("<pool type='rbd'><name>n</name><refresh><volume allocation='zz'/></refresh><source><host name='a'/><name>x</name></source><target><path>/x</path></target></pool>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown storage pool volume refresh allocation type zz")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='x'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'type' in element 'adapter': 'x'.")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source adapter")]
    [InlineData("<pool type='scsi'><name>n</name><source></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source adapter")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='scsi_host'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: Either 'name' or 'parent' must be specified for the 'scsi_host' adapter")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter><parentaddr unique_id='1'><address slot='1'/></parentaddr></adapter></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: Use of 'parentaddr' element requires use of the adapter 'type'")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter wwnn='20000000c9831b4b' wwpn='20000000c9831b4b'/></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: Use of 'wwnn', 'wwpn', and 'parent' attributes requires use of the adapter 'type'")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='scsi_host'><parentaddr unique_id='1'></parentaddr></adapter></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: Missing scsi_host PCI address element")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='scsi_host'><parentaddr><address slot='1'/></parentaddr></adapter></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: Missing or invalid scsi adapter 'unique_id' value")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='scsi_host'><parentaddr unique_id='x'><address slot='1'/></parentaddr></adapter></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: Missing or invalid scsi adapter 'unique_id' value")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='scsi_host' name='host0'><parentaddr unique_id='1'><address slot='1'/></parentaddr></adapter></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: Both 'name' and 'parent' cannot be specified for the 'scsi_host' adapter")]
    [InlineData("<pool type='scsi'><name>n</name><source><adapter type='scsi_host'><parentaddr unique_id='1'><address slot='77'/></parentaddr></adapter></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.None, "XML error: Invalid PCI address slot='0x4d', must be <= 0x1F")]
    [InlineData("<pool type='iscsi'><name>n</name><source><host name='h'/><device path='x'/><auth type='chap' username='u'><secret uuid='zz'/></auth></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.None, "XML error: invalid secret uuid 'zz'")]
    [InlineData("<pool type='iscsi'><name>n</name><source><host name='h'/><device path='x'/><auth type='chap' username='u'><secret usage='a' uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87'/></auth></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.None, "XML error: either secret uuid or usage expected")]
    [InlineData("<pool type='iscsi'><name>n</name><source><host name='h'/><device path='x'/><auth type='chap' username='u'><secret/></auth></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.None, "XML error: missing secret uuid or usage attribute")]
    [InlineData("<pool type='sheepdog'><name>n</name><source><name>x</name></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing storage pool source host name")]
    [InlineData("<pool type='dir'><name>a/b</name><source></source><target><path>/x</path></target></pool>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: name a/b cannot contain '/'")]
    public void What_is_wrong_with_a_pool_is_said_in_libvirts_words(string xml, ErrorCode code, ErrorDomain domain, string text) =>
        Refused.Says(() => StoragePoolDef.Define(xml), code, domain, text);

    [Theory]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='auto'/></target></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown volume format type auto")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target/><backingStore><path>/x</path><format type='zz'/></backingStore></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown volume format type zz")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target/><allocation>x</allocation></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed capacity element")]
    [InlineData("<volume><name>n</name><capacity>x</capacity><target/></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed capacity element")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='zz'/></target></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown volume format type zz")]
    [InlineData("<volume type='zz'><name>n</name><capacity>10</capacity><target/></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown volume type 'zz'")]
    [InlineData("<volume><name>n</name><capacity unit='zz'>1</capacity><target/></volume>",
        ErrorCode.InvalidArg, ErrorDomain.None, "invalid argument: unknown suffix 'zz'")]
    [InlineData("<volume><name>n</name><capacity unit='E'>100</capacity><target/></volume>",
        ErrorCode.Overflow, ErrorDomain.None, "numerical overflow: value too large: 100E")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='qcow2'/><clusterSize unit='zz'>64</clusterSize></target></volume>",
        ErrorCode.InvalidArg, ErrorDomain.None, "invalid argument: unknown suffix 'zz'")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='qcow2'/><clusterSize>x</clusterSize></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value 'x' for element or attribute './target/clusterSize'")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='qcow2'/><compat>abc</compat></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: forbidden characters in 'compat' attribute")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption/></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: unknown volume encryption format")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='zz'/></target></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown volume encryption format type zz")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><secret/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: unknown volume encryption secret type")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><secret type='zz'/></encryption></target></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown volume encryption secret type zz")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><secret type='passphrase'/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.None, "XML error: missing secret uuid or usage attribute")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><secret type='passphrase' uuid='zz'/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.None, "XML error: invalid secret uuid 'zz'")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><secret type='passphrase' uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87' usage='x'/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.None, "XML error: either secret uuid or usage expected")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><cipher/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: cipher info missing 'name' attribute")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><cipher name='aes'/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Missing required attribute 'size' in element 'cipher'")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><cipher name='aes' size='x'/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'size' in element 'cipher': 'x'. Expected non-negative integer value")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><cipher size='256'/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: cipher info missing 'name' attribute")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><cipher name='aes' size='256' mode='cbc' hash='sha1'/><ivgen/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing ivgen info name string")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks'><ivgen name='plain64' hash='x'/></encryption></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: ivgen element found, but cipher is missing")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks' engine='zz'/></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'engine' in element 'encryption': 'zz'.")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='raw'/><encryption format='luks-any' engine='librbd'/></target></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown volume encryption format type luks-any")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='qcow2'/><features><zz/></features></target></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unsupported feature zz")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='luks'/></target></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown volume format type luks")]
    [InlineData("<volume><name>n</name><capacity>-1</capacity><target/></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed capacity element")]
    [InlineData("<volume><name>n</name><target/></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing capacity element")]
    [InlineData("<volume><capacity>10</capacity><target/></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: missing volume name element")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><permissions><mode>9</mode></permissions></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed octal mode")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><permissions><mode>-1</mode></permissions></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed octal mode")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><permissions><owner>-1</owner><group>-2</group></permissions></target></volume>",
        ErrorCode.XmlError, ErrorDomain.Storage, "XML error: malformed group element")]
    [InlineData("<volume><name>n</name><capacity>10</capacity><target><format type='unknown'/></target></volume>",
        ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "unsupported configuration: unknown volume format type unknown")]
    public void What_is_wrong_with_a_volume_is_said_in_libvirts_words(string xml, ErrorCode code, ErrorDomain domain, string text) =>
        Refused.Says(() => StorageVolumeDef.Define(xml, StoragePoolKind.Of(StoragePoolType.Dir)), code, domain, text);

    [Theory]
    [InlineData("<pool type='dir'><name>x</pool>")]
    [InlineData("<pool")]
    [InlineData("")]
    public void Malformed_documents_have_libvirts_code_and_prefix(string xml)
    {
        VireoException refused = Assert.Throws<VireoException>(() => StoragePoolDef.Define(xml));
        Assert.Equal((ErrorCode.XmlDetail, ErrorDomain.Storage), (refused.Code, refused.Domain));
        Assert.StartsWith("(storage_pool_definition):1: ", refused.Message, StringComparison.Ordinal);
    }
}
