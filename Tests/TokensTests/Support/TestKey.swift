/// A pair of keys that serves nothing but these tests.
struct TestKey: Sendable {
    /// The modulus, big-endian.
    let modulus: [UInt8]
    /// The private exponent, big-endian.
    let secret: [UInt8]
    /// The public exponent of all of them: 65537.
    static let exponent: [UInt8] = [1, 0, 1]

    private init(modulus: String, secret: String) {
        self.modulus = Hexadecimal.bytes(modulus)
        self.secret = Hexadecimal.bytes(secret)
    }
}

extension TestKey {
    /// 2048 bits.
    static let usual = TestKey(
        modulus: """
            b84ec060f51c3ec3f9ec25d217281656ba0e941ddcdfc48359286e05641335a1f27ae9c7ab972db1
            f11140fadfc053e64d42bd1b718f43d79065996ddad74ee83a7bb410ff7a690381ab3f76ca2cd523
            6fef5861d918839be97d14ae1917ba27bf09400529c788dfe2dea30195b9daf9802157e25f43d363
            45fd693e42ee074ff2a22931d751a37d60953f8761526850a8468ae72989c7e7a2de354c2ea7a043
            688499483b043574f87aebb71c647160a644a16ff5993d4eccc6ed31ab8ad6cb136d243120411c19
            b8f97f72b9fde64ca672268f91797cc3d6aeed256cd45becf6adfe8856bb66d5eab4a97ee56767f4
            9a2b845e19ad0107ea450b31881ec8ad
            """,
        secret: """
            03345f54f03e16fb4a57a84ab05b62940c751f6f2b7d7a89bc1d9f5819a6d9da6080719b26a920c2
            c4c9c382f92bfb6978336e5d514aa7e7d21b6a21065a930527ab29f4d7b455aa1971944f68f1819d
            359f883e5f4b75525b2b71161bda954286a84f0427f74fb270dbe522ac6b485ae936eb33c4eb457c
            26e5e294120ed872ac57aff538244c4b185ff953f40e6ec2f7c18df4203e204adb8bc9b6d22dd75d
            733fda2e867a3db1c79140ae140fa51ed2fb04176ed9160e3fcd25e1872a9b20cf089055b73e3408
            b645653e09c7cd4f6ea38a7109b13a852e4a9b9496371b6ad446198afa02f6919ea035ba75a3f270
            f633fc064d768815bb3cf76d649d1051
            """
    )

    /// 2050 bits, which are no whole number of bytes.
    static let uneven = TestKey(
        modulus: """
            02c29b64f206608f6b0b0a34e109cde200e4b99ff675d23e7687a0216e726c3f7e3b45ac39611f76
            ab59075a1b7060a6f9c283f6209c87b5e553947447b42c1419bbfd57f6aa269796a813b1cbbbfd54
            0c8d3c4103fded093118416c811acdbae436eee0ff8ad265e6d4c05c3f38ce35a386dc41379e3fb6
            1e54764da637b984eb40d6168a45072b930013fd407b656ce93457151704c4e7e08586b6b25a63d2
            19bc3e25dd2f4f4d3c851023cacef395028aa315e9f042ef434ee2cd35a38813e35990e867da2102
            07f3c52a647f00b95057b88c80a34f1a0828154cd4853edd76c0506a219fe59d4943abc0f2554503
            8b2cdb5ab6a1832949c69061a0e262bbab
            """,
        secret: """
            3d2ba9b2001654e41de90cc9dc88ebc34b09bcccdfc74b2c04b2baa22e9aab6678a81ff039b5b916
            bd56d318a402620226323958fa640f3da29e2bf0d72aa7b4d09eee820699dfaea5af4ac989e534e4
            ff471393ce643a52fb3812b61c8569e3fed3703bff1f16be4475c0a6a27acb8ef40a564503d89d22
            040ad7cf076cf29206c6c93a685fa87386604d7c781ebc0614e9e3558c19ab96d4ee4347b772fcd5
            7bd2ded0dba1774ee4e50422860be2d81fb06488096aa178457647c1a594b0a075537cbeaad550bf
            b63a8bbe01f6e7cf8499b36c04fc06d37dace4a29995fdaa4d77f3950357c73646d01defdd4e87f9
            8fc5ddf3fc2ebb9720f8df25cdf36d65
            """
    )

    /// 3072 bits.
    static let long = TestKey(
        modulus: """
            a3e560e1917af97374d3389345e268c0bcaa937fc28610d4fb922859b53ffb18fdad591dabecd71d
            4247c06df89e40ad4a7ae77edee227dcafaa29fbd689b3dffda8e5b31925ceccc1d52f6596f0dd89
            cea01c710164ce0dbcd7d8f6cfb941cad91cb011460a07dc515fd7e98bb32d136d3050734b9fb4f2
            116a5aa75650d4aa31370dc41c43179d40e2ad2f8872deaced17a42452045be9e41e632c4735b2f9
            9939ab67b486811edfa2a7970cf9880ab25cc413bbe370052def3b21f678614f5b83115cb231e5d0
            5ce416c384b6a1f5a765e5a0e3e0ddcbace86f13a058328fdcd14f4e5d8ada0238da875223f670b2
            5400fdff92a0fb71ff94f9314fe7ab585e92429e77f1680f9221aef2a23fbe68cd92941dd4200913
            6bc3a4c0b90b0cbc54c45f4fa20929880ce882ee65bbe7e64ae9b8566a51fb447fe41a58b4086d03
            fb788f6536ba5efcc5a82ceb36c487a87f68cce503d1952cd9fa938712a996f6d6c470a782694e11
            6718b31b4fc4532fc4f5f5c326f7652ec21ec2424af256fd
            """,
        secret: """
            37eb64cd419e542b24f2864c955d0501b1bd7f5ae96b65a5cd79d64399584d9b7ebe1cf847372544
            29dfa253c32e7781c8b63b72e9a7ff12c86ac62d534b2370aab2ec4059b5b123e28492c9d620b36d
            b7eea0159c74a0eb4601dd5884924054ee13e02cdc99428a54c75f3b237b8c47230b877f770f7424
            dd754c9de890e6a674e9444ca399ee9e2c4bcaec3b617a014559ba1adc52f96b497666beee42efa0
            42bbcef430bf6da1b38ae32461fc6782c2cd6ce710c5ae6c4dfa60521bae82008e2e1b26942fc4ce
            c8d90caa26d820d187fecbffc9883d42b33bde20a369a291f6cfad0e2680e23a80352b4761a9676e
            306bbc2f89966ece140d89eccdc943d29e732f9d8d02d52b90210f22fc51c4663817f9d29a8e0e33
            2efe793cda384a008ed29b883e7fde5147cca69e3fba234c6be6eb8a0c9fa5ea6c54f5893e53d981
            fd1230b75b4885b5ff33debb108f99b0d971b7b9f12e966dea5446964d64ad20672ea03cb63d3f66
            df8e1c42e4a3191118b5a2a29569acb86fbf688be7e41f5f
            """
    )
}
