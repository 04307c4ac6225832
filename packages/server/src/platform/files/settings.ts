/** Where files are kept when not in a local folder. Without credentials the SDK's own chain is asked (environment, role of the machine). */
export type S3Settings = {
  bucket: string;
  region: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  pathStyle: boolean;
};

/**
 * Reads KESHEN_S3_BUCKET, _ENDPOINT, _REGION, _ACCESS_KEY, _SECRET_KEY; undefined when no bucket is named. A text is what is wrong with
 * them.
 */
export function readS3Settings(env: NodeJS.ProcessEnv): S3Settings | string | undefined {
  const bucket = env['KESHEN_S3_BUCKET'];
  const endpoint = env['KESHEN_S3_ENDPOINT'];
  if (!bucket) {
    if (endpoint) return '设置了 KESHEN_S3_ENDPOINT，还须用 KESHEN_S3_BUCKET 写明存储桶，例如：KESHEN_S3_BUCKET=keshen';
    return undefined;
  }
  if (endpoint && !['http:', 'https:'].includes(URL.parse(endpoint)?.protocol ?? '')) {
    return `KESHEN_S3_ENDPOINT 应为网址，现为“${endpoint}”。例如：KESHEN_S3_ENDPOINT=https://s3.example.cn`;
  }
  const accessKeyId = env['KESHEN_S3_ACCESS_KEY'];
  const secretAccessKey = env['KESHEN_S3_SECRET_KEY'];
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey)) {
    return 'KESHEN_S3_ACCESS_KEY 与 KESHEN_S3_SECRET_KEY 须同时设置。';
  }
  return {
    bucket,
    region: env['KESHEN_S3_REGION'] || 'us-east-1',
    ...(endpoint && { endpoint }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
    // Services of one's own seldom have a host name for each bucket.
    pathStyle: Boolean(endpoint),
  };
}
