/**
 * What people here choose first, gathered by ourselves: words, pinyin, names, keyboard walks. Digits and signs around or between them, and
 * the usual swaps (0 for o, @ for a, …), make no other password of them.
 */
const WORDS = `
password passwd pass word passphrase secret letmein welcome login logon signin account user username admin administrator
administrators root system sysadmin superuser super manager master guest test tester testing demo default changeme change
public private server database oracle mysql postgres windows linux android apple iphone huawei xiaomi lenovo samsung
google baidu tencent alibaba taobao weixin wechat qqmail internet computer network security hello helloworld world iloveyou
loveyou lovely love mylove forever princess angel baby sunshine summer winter spring autumn flower monkey dragon tiger
panda eagle lion horse football basketball soccer baseball superman batman spiderman starwars pokemon shadow ninja
freedom whatever trustno trustnoone nothing something money lucky happy smile friend friends family mother father
michael jordan charlie thomas daniel robert jessica jennifer ashley nicole qwerty qwertyu qwertyui qwertyuiop asdf asdfg
asdfgh asdfghjkl zxcv zxcvb zxcvbn zxcvbnm qaz wsx edc qazwsx qazwsxedc wsxedc qwer qweasd qweasdzxc poiuytrewq lkjhgfdsa
mnbvcxz abc abcd abcde abcdef abcdefg abcdefgh abcdefghij abcabc aabbcc xyz qq ww aa
mima mimashi wodemima denglu dengluming yonghu yonghuming zhanghao zhanghu guanliyuan guanli xitong xitongguanliyuan
ceshi ceshizhanghao morenmima moren chushimima chushi linshi linshimima
woaini woaiwo woaita woaiwojia woaiziji woaizhongguo woaini wobuzhidao wojiushiwo wozuishuai nihao nihaoma dajiahao
zaijian xiexie laogong laopo baobao baobei qinaide laoshi laoban xuexiao xuesheng gongsi danwei bangong bangongshi
zhongguo zhonghua zhonghuarenmin zhonghuarenmingongheguo renmin guojia zuguo beijing shanghai tianjin chongqing
guangzhou shenzhen nanjing suzhou hangzhou wuhan chengdu xian shenyang dalian haerbin changchun jinan qingdao zhengzhou
changsha hefei nanchang fuzhou xiamen kunming guiyang nanning haikou lanzhou xining yinchuan wulumuqi huhehaote taiyuan
shijiazhuang liaoning jiangsu neimenggu shanxi xinjiang hebei henan hubei hunan guangdong guangxi sichuan yunnan guizhou
zhejiang anhui fujian jiangxi shandong jilin heilongjiang shaanxi gansu qinghai ningxia hainan xizang taiwan xianggang aomen
daxue yanjiuyuan yanjiusuo xueyuan keji kejiju kejiting kejibu kexue kexuejishu kexuejishuting keyan keyanchu keyanchengguo
shenbao shenbaoren shenbaoshu xiangmu xiangmushenbao jihua zhuanxiang keshen keshenyanlian yanlian chushen tuijian
wangwei wangfang wangjing wanglei wangyang lina liming lijun liwei liqiang liuyang liuwei zhangwei zhangmin zhangjing
zhangsan lisi wangwu zhaoliu chenwei chenjing yangyang yangfan huangwei zhaolei zhoujie sunli wujun xuwei zhujun
xiaoming xiaohong xiaoli xiaowang xiaozhang laowang tiantian yuanyuan dandan lele beibei jingjing huanhuan yingying nini
shengri shengrikuaile xinnian xinniankuaile kuaile xingfu pingan jiankang facai gongxifacai fafafa liuliuliu yiqie
chunjie guoqing zhongqiu wuyi yuanlai meiyou buzhidao meishi suibian suiyuan jiayou nuli fendou chenggong shengli
guangming taiyang yueliang xingxing dahai lantian baiyun qingtian caihong meigui mudan longteng houwang sunwukong
yisheng yishengyishi yisanyisi tianchangdijiu yongyuan aini ainiyiwannian wangzhe wangzherongyao rongyao lianmeng
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter(Boolean));

const SWAPS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '');
const swapped = (text: string): string => text.replace(/[01345@$!]/g, (sign) => SWAPS[sign] ?? sign);

/** A word repeated is that word. */
const once = (text: string): string => /^(.+?)\1*$/.exec(text)?.[1] ?? text;

/** Whether nothing is left of a password (lower case) but a common word, or one or two of them, when digits, signs and swaps are taken away. */
export function isCommon(password: string): boolean {
  const trimmed = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return [letters(password), letters(swapped(password)), letters(swapped(trimmed))].some(isOneOrTwoWords);
}

function isOneOrTwoWords(text: string): boolean {
  if (text === '' || COMMON_WORDS.has(text) || COMMON_WORDS.has(once(text))) return true;
  for (let at = 2; at <= text.length - 2; at += 1) {
    if (COMMON_WORDS.has(text.slice(0, at)) && COMMON_WORDS.has(text.slice(at))) return true;
  }
  return false;
}
